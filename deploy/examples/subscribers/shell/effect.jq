# From a record, as `kcat -J` prints it, one line: `effect`, the fence and the fields of the effect, or `skipped`, the
# record and the reason. Nothing that is in a record makes it end.

def skip($reason): error("skip " + $reason);

def text: if type == "string" and . != "" then . else "-" end;

def number: if type == "number" and . == floor then tostring else "-" end;

def count: if type == "array" then length | tostring else "-" end;

# In structured mode the attributes are in the value, in binary mode in the headers; content-type says which it is.
def headers:
  (.headers // []) as $pairs
  | reduce range(0; $pairs | length; 2) as $i ({}; .[$pairs[$i]] = $pairs[$i + 1]);

# In an array, or jq 1.6 would catch here what is said further down.
def json($what):
  [try fromjson catch null] | .[0] | if type == "object" then . else skip($what + " is no JSON object") end;

def event:
  (.payload // "") as $payload
  | headers
  | if (.["content-type"] // "") | startswith("application/cloudevents+json") then
      $payload | json("its envelope")
      | .data = if has("data_base64") then .data_base64 | @base64d | json("its data") else .data end
    else
      with_entries(select(.key | startswith("ce_")) | .key |= .[3:]) | .data = ($payload | json("its data"))
    end
  | if .specversion == "1.0" and all(.id, .source, .type; text != "-") then . else skip("it is no CloudEvent") end
  | if .data | type == "object" then . else skip("its data is no JSON object") end;

def sequence:
  tostring
  | if test("^[0-9]{1,19}$") then sub("^0+(?=.)"; "") else skip("its sequence is no number of 64 bits") end
  | if length < 19 or . <= "9223372036854775807" then . else skip("its sequence is no number of 64 bits") end;

def effect:
  (.key // "") as $key
  | event
  | {
      "io.quayside.object.uploaded.v1": ["uploaded", (.data.size | number)],
      "io.quayside.object.thumbnailed.v1": ["thumbnailed", (.data.thumbnails | count)],
      "io.quayside.object.deleted.v1": ["deleted", (.data.reason | text)]
    }[.type] as [$kind, $detail]
  | if $kind == null then skip("its type is not known") else . end
  | if $key == "" then skip("it is about no object") else . end
  # Uploads and deletions of an object share one fence, its thumbnailings have their own.
  | ["effect", (if $kind == "thumbnailed" then "thumbnails of " else "object " end) + $key]
    + [$kind, $key, (.sequence | sequence), (.data.etag | text), $detail, .source, .id];

"\(.topic)/\(.partition)/\(.offset)" as $where
| try effect catch ["skipped", $where, if type == "string" then ltrimstr("skip ") else "it is not readable" end]
| @tsv
