package quayside.oss;

import com.aliyun.sdk.service.oss2.OSSClient;
import com.aliyun.sdk.service.oss2.models.GetObjectRequest;
import com.aliyun.sdk.service.oss2.models.GetObjectResult;
import com.aliyun.sdk.service.oss2.models.HeadObjectRequest;
import com.aliyun.sdk.service.oss2.models.HeadObjectResult;
import com.aliyun.sdk.service.oss2.models.ListObjectsV2Request;
import com.aliyun.sdk.service.oss2.models.ListObjectsV2Result;
import com.aliyun.sdk.service.oss2.models.ObjectSummary;
import com.aliyun.sdk.service.oss2.models.PutObjectRequest;
import com.aliyun.sdk.service.oss2.transport.BinaryData;
import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * {@link ObjectStore} on Alibaba's SDK for Java, version 2 of its API. Thread-safe; closing it
 * closes the connections.
 */
final class AliyunObjectStore implements ObjectStore, AutoCloseable {
  private static final int CHUNK = 64 * 1024;

  private final OSSClient client;

  AliyunObjectStore(OSSClient client) {
    this.client = client;
  }

  @Override
  public ObjectHead head(String bucket, String key)
      throws ObjectNotFoundException, ObjectRefusedException, ObjectStoreUnavailableException {
    ObjectNames.check(bucket, key);
    try {
      HeadObjectResult result =
          client.headObject(HeadObjectRequest.newBuilder().bucket(bucket).key(key).build());
      return head(
          result.eTag(),
          result.contentLength(),
          result.contentType(),
          result.lastModified(),
          result.metadata());
    } catch (RuntimeException e) {
      throw OssErrors.translate(e, bucket, key);
    }
  }

  @Override
  public StoredObject get(String bucket, String key, long maxBytes, Arena arena)
      throws ObjectNotFoundException,
          ObjectRefusedException,
          ObjectTooLargeException,
          ObjectStoreUnavailableException {
    ObjectNames.check(bucket, key);
    try (GetObjectResult result =
        client.getObject(GetObjectRequest.newBuilder().bucket(bucket).key(key).build())) {
      ObjectHead head =
          head(
              result.eTag(),
              result.contentLength(),
              result.contentType(),
              result.lastModified(),
              result.metadata());
      if (head.size() > maxBytes) {
        result.abort();
        throw new ObjectTooLargeException(
            "bucket=%s objectKey=%s: %d bytes, the limit is %d"
                .formatted(bucket, key, head.size(), maxBytes));
      }
      return new StoredObject(head, content(result.body(), head.size(), arena));
    } catch (RuntimeException e) {
      throw OssErrors.translate(e, bucket, key);
    } catch (ObjectTooLargeException e) {
      throw e;
    } catch (Exception e) {
      throw new ObjectStoreUnavailableException(
          "bucket="
              + bucket
              + " objectKey="
              + key
              + ": the connection to OSS broke: "
              + e.getMessage(),
          e);
    }
  }

  @Override
  public void put(
      String bucket, String key, String mimeType, Map<String, String> metadata, byte[] content)
      throws ObjectNotFoundException, ObjectRefusedException, ObjectStoreUnavailableException {
    ObjectNames.check(bucket, key);
    try {
      client.putObject(
          PutObjectRequest.newBuilder()
              .bucket(bucket)
              .key(key)
              .contentType(mimeType)
              .metadata(metadata)
              .body(BinaryData.fromBytes(content))
              .build());
    } catch (RuntimeException e) {
      throw OssErrors.translate(e, bucket, key);
    }
  }

  @Override
  public InputStream open(String bucket, String key)
      throws ObjectNotFoundException, ObjectRefusedException, ObjectStoreUnavailableException {
    ObjectNames.check(bucket, key);
    try {
      return client.getObject(GetObjectRequest.newBuilder().bucket(bucket).key(key).build()).body();
    } catch (RuntimeException e) {
      throw OssErrors.translate(e, bucket, key);
    }
  }

  @Override
  public ObjectPage list(String bucket, String prefix, String after, int limit)
      throws ObjectNotFoundException, ObjectRefusedException, ObjectStoreUnavailableException {
    ObjectNames.check(bucket);
    try {
      ListObjectsV2Request.Builder request =
          ListObjectsV2Request.newBuilder()
              .bucket(bucket)
              .prefix(prefix)
              .maxKeys((long) limit)
              // Keys may have characters that XML cannot say.
              .encodingType("url");
      if (!after.isEmpty()) {
        request.startAfter(after);
      }
      return page(client.listObjectsV2(request.build()));
    } catch (RuntimeException e) {
      throw OssErrors.translate(e, bucket, prefix);
    }
  }

  private static ObjectPage page(ListObjectsV2Result result) {
    List<ListedObject> objects = new ArrayList<>();
    List<ObjectSummary> contents = result.contents();
    if (contents != null) {
      for (ObjectSummary object : contents) {
        objects.add(
            new ListedObject(
                object.key(), normalized(object.eTag()), object.size(), object.lastModified()));
      }
    }
    return new ObjectPage(objects, !Boolean.TRUE.equals(result.isTruncated()));
  }

  @Override
  public void close() throws Exception {
    client.close();
  }

  private static MemorySegment content(InputStream body, long size, Arena arena)
      throws IOException {
    MemorySegment content = arena.allocate(size);
    byte[] chunk = new byte[CHUNK];
    for (long offset = 0; offset < size; ) {
      int count = body.read(chunk, 0, (int) Math.min(chunk.length, size - offset));
      if (count < 0) {
        throw new IOException("the content ended after " + offset + " of " + size + " bytes");
      }
      MemorySegment.copy(chunk, 0, content, ValueLayout.JAVA_BYTE, offset, count);
      offset += count;
    }
    return content;
  }

  private static ObjectHead head(
      @Nullable String etag,
      @Nullable Long size,
      @Nullable String mimeType,
      @Nullable String lastModified,
      @Nullable Map<String, String> metadata) {
    if (etag == null || size == null) {
      throw new IllegalStateException("OSS answered without ETag or Content-Length");
    }
    Map<String, String> lowerCase = new TreeMap<>();
    if (metadata != null) {
      metadata.forEach((name, value) -> lowerCase.put(name.toLowerCase(Locale.ROOT), value));
    }
    return new ObjectHead(normalized(etag), size, mimeType, instant(lastModified), lowerCase);
  }

  private static String normalized(String etag) {
    return etag.replace("\"", "").toUpperCase(Locale.ROOT);
  }

  private static Instant instant(@Nullable String httpDate) {
    try {
      return httpDate == null
          ? Instant.EPOCH
          : ZonedDateTime.parse(httpDate, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
    } catch (DateTimeException e) {
      throw new IllegalStateException("OSS answered with Last-Modified: " + httpDate, e);
    }
  }
}
