// Uploads sample files with ali-oss. Prints one JSON object a line: how, file, key, mimeType, answer (what the receiver
// of the callback answered). Usage: node upload.mjs OSS_ENDPOINT CALLBACK_URL
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import OSS from 'ali-oss';

const [endpoint, callbackUrl] = process.argv.slice(2);
const samples = new URL('../src/main/resources/quayside/laptop/demo/', import.meta.url);
const body =
  'bucket=${bucket}&object=${object}&etag=${etag}&size=${size}&mimeType=${mimeType}' +
  '&imageInfo.height=${imageInfo.height}&imageInfo.width=${imageInfo.width}&imageInfo.format=${imageInfo.format}' +
  '&operation=${operation}&reqId=${reqId}&x:album=${x:album}';

const client = new OSS({
  region: 'oss-cn-hangzhou',
  endpoint,
  bucket: 'uploads',
  accessKeyId: 'local',
  accessKeySecret: 'local-secret',
  authorizationV4: true,
});
const callback = {
  url: callbackUrl,
  body,
  contentType: 'application/x-www-form-urlencoded',
  customValue: { album: 'demo' },
};

function report(how, file, key, mimeType, data) {
  console.log(JSON.stringify({ how, file, key, mimeType, answer: JSON.stringify(data) }));
}

{
  const file = 'diagram.png';
  const key = 'demo/node-diagram.png';
  const mime = 'image/png';
  const result = await client.put(key, await readFile(new URL(file, samples)), { callback, mime });
  report('ali-oss, put, form callback', file, key, mime, result.data);
}
{
  const file = 'sunset.jpg';
  const key = 'demo/node-sunset.jpg';
  const mime = 'image/jpeg';
  const path = fileURLToPath(new URL(file, samples));
  const result = await client.multipartUpload(key, path, { callback, mime, partSize: 102400, parallel: 2 });
  report('ali-oss, multipartUpload, form callback', file, key, mime, result.data);
}
