package quayside.operate.explain;

import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import quayside.signature.Bytes;
import quayside.signature.PercentCoding;

/**
 * The paths that OSS may have signed, given the one that arrived. Each is a decoded path, as it
 * stands in the string to sign. Used by one thread.
 */
final class PathVariants {
  /** Prefixes that gateways like to strip, tried after those that are known. */
  private static final List<String> USUAL_PREFIXES =
      List.of("/api", "/oss", "/callback", "/quayside", "/v1", "/api/v1", "/webhook", "/webhooks");

  private static final List<String> ORIGINAL_TARGET_HEADERS =
      List.of("x-original-uri", "x-original-url", "x-rewrite-url", "x-envoy-original-path");

  /** Slashes beyond this position are left alone: no callback path is that long. */
  private static final int LONGEST_CHANGED = 200;

  private final String path;
  private final Variants variants;

  private PathVariants(String path) {
    this.path = path;
    this.variants = new Variants(decode(path));
  }

  static Variants of(Capture capture, Hints hints, List<String> callbackPaths) {
    PathVariants paths = new PathVariants(capture.path());
    paths.absolute();
    paths.hinted(capture, hints);
    paths.prefixes(capture, hints, callbackPaths);
    paths.decoding();
    paths.slashes();
    paths.normalised();
    paths.configured(callbackPaths);
    return paths.variants;
  }

  private void absolute() {
    int authority = path.indexOf("://");
    if (authority > 0 && !path.startsWith("/")) {
      int slash = path.indexOf('/', authority + 3);
      String rest = slash < 0 ? "/" : path.substring(slash);
      add(Accident.TARGET_ABSOLUTE, rest, "the target is a whole URL; its path is " + rest);
    }
  }

  private void hinted(Capture capture, Hints hints) {
    for (String hint : hints.paths()) {
      add(Accident.PATH_REPLACED, hint, "OSS dialled the path " + hint + ", as you said");
    }
    for (String header : ORIGINAL_TARGET_HEADERS) {
      for (String target : capture.all(header)) {
        String original = withoutOrigin(target);
        add(
            Accident.PATH_REPLACED,
            original,
            "OSS dialled " + original + ", as " + header + " says");
      }
    }
  }

  private void prefixes(Capture capture, Hints hints, List<String> callbackPaths) {
    Set<String> prefixes = new LinkedHashSet<>(hints.prefixes());
    prefixes.addAll(capture.all("x-forwarded-prefix"));
    for (String configured : callbackPaths) {
      for (int slash = configured.indexOf('/', 1);
          slash > 0;
          slash = configured.indexOf('/', slash + 1)) {
        prefixes.add(configured.substring(0, slash));
      }
    }
    prefixes.addAll(USUAL_PREFIXES);
    for (String prefix : prefixes) {
      String clean = prefix.endsWith("/") ? prefix.substring(0, prefix.length() - 1) : prefix;
      String dialled = (clean.startsWith("/") ? clean : "/" + clean) + path;
      add(
          Accident.PATH_PREFIX_STRIPPED,
          dialled,
          "the prefix " + prefix + " was stripped; OSS dialled " + dialled);
      if (path.equals("/")) {
        add(Accident.PATH_PREFIX_STRIPPED, clean, "the whole path " + clean + " was stripped");
      }
    }
    for (int slash = path.indexOf('/', 1);
        slash > 0 && slash < LONGEST_CHANGED;
        slash = path.indexOf('/', slash + 1)) {
      String rest = path.substring(slash);
      String prefix = path.substring(0, slash);
      add(
          Accident.PATH_PREFIX_ADDED,
          rest,
          "the prefix " + prefix + " was added; OSS dialled " + rest);
    }
    add(Accident.PATH_PREFIX_ADDED, "/", "the whole path was added; OSS dialled /");
  }

  private void decoding() {
    add(
        Accident.PATH_DECODED,
        Bytes.utf8(path),
        "the path was decoded on its way: what arrived is what OSS signed, before our decoding");
    String gbk = fromCharset(decode(path), "GBK");
    add(
        Accident.PATH_CHARSET,
        gbk == null ? null : Bytes.utf8(gbk),
        "OSS signed the path in UTF-8");
    String decoded = PercentCoding.strictUtf8(decode(path).toArray());
    if (decoded == null) {
      return;
    }
    add(Accident.PATH_ENCODED, decode(decoded), "the path was escaped twice");
    add(
        Accident.PATH_PLUS_DECODED,
        Bytes.utf8(decoded.replace(' ', '+')),
        "OSS signed a plus where a space arrived");
    add(
        Accident.PATH_PLUS_DECODED,
        Bytes.utf8(decoded.replace('+', ' ')),
        "OSS signed a space where a plus arrived");
    add(Accident.PATH_CHARSET, inCharset(decoded, "GBK"), "OSS signed the path in GBK");
  }

  private void slashes() {
    add(Accident.PATH_SLASHES_MERGED, path.replaceAll("/{2,}", "/"), "OSS signed single slashes");
    for (int slash = path.indexOf('/');
        slash >= 0 && slash < LONGEST_CHANGED;
        slash = path.indexOf('/', slash + 1)) {
      String doubled = path.substring(0, slash) + "/" + path.substring(slash);
      add(Accident.PATH_SLASHES_MERGED, doubled, "OSS dialled " + doubled);
    }
    if (path.endsWith("/")) {
      String without = path.substring(0, path.length() - 1);
      add(
          Accident.PATH_TRAILING_SLASH,
          without,
          "OSS dialled " + without + " without slash at its end");
    } else {
      add(Accident.PATH_TRAILING_SLASH, path + "/", "OSS dialled " + path + "/");
    }
  }

  private void normalised() {
    add(Accident.PATH_NORMALISED, withoutDots(path), "OSS signed the path without dot segments");
    for (int slash = path.indexOf('/');
        slash >= 0 && slash < LONGEST_CHANGED;
        slash = path.indexOf('/', slash + 1)) {
      String dotted = path.substring(0, slash) + "/." + path.substring(slash);
      add(Accident.PATH_NORMALISED, dotted, "OSS dialled " + dotted);
    }
    int parameters = path.indexOf(';');
    if (parameters >= 0) {
      String plain = path.substring(0, parameters);
      add(Accident.PATH_PARAMETERS, plain, "OSS dialled " + plain);
    }
  }

  // Last: it is true of any accident that the configured path is the right one.
  private void configured(List<String> callbackPaths) {
    for (String configured : callbackPaths) {
      String exact =
          configured.endsWith("/*") ? configured.substring(0, configured.length() - 2) : configured;
      boolean stripped = path.equals("/") || exact.endsWith(path);
      Accident accident = stripped ? Accident.PATH_PREFIX_STRIPPED : Accident.PATH_REPLACED;
      add(accident, exact, "OSS dialled the configured callback path " + exact);
    }
  }

  private void add(Accident accident, String raw, String detail) {
    add(accident, decode(raw), detail);
  }

  private void add(Accident accident, @Nullable Bytes signed, String detail) {
    variants.add(signed, new Change(accident, detail));
  }

  /** Percent escapes decoded once; what is no escape stays. */
  static Bytes decode(String raw) {
    ByteArrayOutputStream decoded = new ByteArrayOutputStream(raw.length());
    for (int i = 0; i < raw.length(); ) {
      int octet = raw.charAt(i) == '%' ? PercentCoding.octet(raw, i) : -1;
      if (octet >= 0) {
        decoded.write(octet);
        i += 3;
      } else {
        int character = raw.codePointAt(i);
        decoded.writeBytes(Character.toString(character).getBytes(StandardCharsets.UTF_8));
        i += Character.charCount(character);
      }
    }
    return Bytes.copyOf(decoded.toByteArray());
  }

  private static String withoutOrigin(String target) {
    int authority = target.indexOf("://");
    int slash = authority < 0 ? -1 : target.indexOf('/', authority + 3);
    String path = slash < 0 ? target : target.substring(slash);
    int query = path.indexOf('?');
    return query < 0 ? path : path.substring(0, query);
  }

  private static String withoutDots(String path) {
    List<String> segments = new ArrayList<>();
    for (String segment : path.split("/", -1)) {
      if (segment.equals("..") && segments.size() > 1) {
        segments.removeLast();
      } else if (!segment.equals(".") && !segment.equals("..")) {
        segments.add(segment);
      }
    }
    return String.join("/", segments);
  }

  private static @Nullable Bytes inCharset(String text, String charset) {
    return Charset.isSupported(charset)
        ? Bytes.copyOf(text.getBytes(Charset.forName(charset)))
        : null;
  }

  private static @Nullable String fromCharset(Bytes bytes, String charset) {
    return Charset.isSupported(charset)
        ? new String(bytes.toArray(), Charset.forName(charset))
        : null;
  }
}
