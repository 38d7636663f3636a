package quayside.grant;

import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import quayside.grant.signature.PresignedRequest;
import quayside.grant.signature.RequestToSign;
import quayside.grant.signature.SignatureVersion;
import quayside.grant.signature.UploadOperation;
import quayside.grant.signature.UrlPresigner;
import quayside.grant.template.CompiledCallback;
import quayside.grant.token.Grant;
import quayside.grant.token.GrantRefusal;
import quayside.grant.token.GrantRefusedException;
import quayside.grant.token.UploadTicket;
import quayside.grant.token.UploadTickets;

/**
 * Makes what a client needs for an upload in parts: first the URL that begins it and a ticket, then
 * for the ticket the URLs of the parts, of the end with its callback, and of giving up. In between
 * nothing is kept here. Thread-safe.
 */
final class MultipartIssuer {
  /** Bytes that every part but the last has at least (OSS documentation, multipart upload). */
  static final long MIN_PART_BYTES = 100 * 1024;

  /** Parts of one upload (the same). */
  static final int MAX_PARTS = 10_000;

  private static final Pattern UPLOAD_ID = Pattern.compile("[A-Za-z0-9._~-]{1,200}");
  private static final Map<String, String> LIST_OF_PARTS =
      Map.of("content-type", "application/xml");

  private final UploadTickets tickets;
  private final UrlPresigner presigner;
  private final int maxParts;
  private final Clock clock;

  MultipartIssuer(UploadTickets tickets, UrlPresigner presigner, int maxParts, Clock clock) {
    this.tickets = tickets;
    this.presigner = presigner;
    this.maxParts = maxParts;
    this.clock = clock;
  }

  /** The URL that begins an upload of this type. */
  PresignedRequest begin(PlannedUpload upload, String contentType) {
    Grant grant = upload.grant();
    return presigner.presign(
        new RequestToSign(
            UploadOperation.INITIATE_MULTIPART_UPLOAD,
            grant.bucket(),
            grant.keys().text(),
            Map.of("content-type", contentType),
            Map.of("uploads", ""),
            upload.validity()),
        upload.version());
  }

  /** The ticket with which its holder asks for the rest. */
  String ticket(PlannedUpload upload, Caller holder) {
    return tickets.mint(
        new UploadTicket(
            upload.grant(), holder.subject(), upload.version().name(), upload.variables()));
  }

  /**
   * The ticket of a request, when it is the caller's.
   *
   * @throws NotIssuedException saying why nothing is signed for it
   */
  UploadTicket verify(PartsRequest request, Caller caller) throws NotIssuedException {
    @Nullable String token = request.token();
    if (token == null) {
      throw refused(IssueRefusal.REQUEST_INVALID, "token must be given");
    }
    try {
      UploadTicket ticket = tickets.verify(token);
      String subject = caller.subject();
      if (!subject.equals(ticket.grant().subject()) && !subject.equals(ticket.holder())) {
        throw refused(
            IssueRefusal.SUBJECT_NOT_ALLOWED, subject + " is not who this upload was granted to");
      }
      return ticket;
    } catch (GrantRefusedException e) {
      throw refused(
          e.reason() == GrantRefusal.EXPIRED
              ? IssueRefusal.TOKEN_EXPIRED
              : IssueRefusal.TOKEN_NOT_VALID,
          e.reason().detail());
    }
  }

  /**
   * The URLs of the rest; they are good as long as the grant.
   *
   * @param callback what OSS is to tell when the object is there
   * @throws NotIssuedException naming the rule that forbids it
   */
  IssuedParts parts(PartsRequest request, UploadTicket ticket, CompiledCallback callback)
      throws NotIssuedException {
    int count = count(request, ticket.grant());
    @Nullable String uploadId = request.uploadId();
    if (uploadId == null || !UPLOAD_ID.matcher(uploadId).matches()) {
      throw refused(IssueRefusal.REQUEST_INVALID, "uploadId must be as OSS answered it");
    }
    Signing signing = new Signing(ticket, uploadId, validity(ticket.grant()));
    PresignedRequest complete =
        signing.presign(UploadOperation.COMPLETE_MULTIPART_UPLOAD, LIST_OF_PARTS, callback.query());
    return new IssuedParts(
        IntStream.rangeClosed(1, count).mapToObj(signing::part).toList(),
        new IssuedParts.Completion(complete.url().toString(), complete.headers()),
        new IssuedParts.Abortion(
            signing
                .presign(UploadOperation.ABORT_MULTIPART_UPLOAD, Map.of(), Map.of())
                .url()
                .toString()),
        complete.expires());
  }

  /** One upload whose requests are signed. */
  private final class Signing {
    private final UploadTicket ticket;
    private final String uploadId;
    private final Duration validity;

    private Signing(UploadTicket ticket, String uploadId, Duration validity) {
      this.ticket = ticket;
      this.uploadId = uploadId;
      this.validity = validity;
    }

    private IssuedParts.Part part(int number) {
      Map<String, String> query = Map.of("partNumber", Integer.toString(number));
      PresignedRequest signed = presign(UploadOperation.UPLOAD_PART, Map.of(), query);
      return new IssuedParts.Part(number, signed.url().toString());
    }

    private PresignedRequest presign(
        UploadOperation operation, Map<String, String> headers, Map<String, String> query) {
      Map<String, String> all = new TreeMap<>(query);
      all.put("uploadId", uploadId);
      Grant grant = ticket.grant();
      return presigner.presign(
          new RequestToSign(operation, grant.bucket(), grant.keys().text(), headers, all, validity),
          SignatureVersion.valueOf(ticket.signatureVersion()));
    }
  }

  /** The size of each part is the client's choice, so that of the whole bounds their number. */
  private int count(PartsRequest request, Grant grant) throws NotIssuedException {
    @Nullable Integer parts = request.parts();
    if (parts == null || parts < 1) {
      throw refused(IssueRefusal.REQUEST_INVALID, "parts must be at least 1");
    }
    long useful = Math.ceilDiv(grant.maxSizeBytes(), MIN_PART_BYTES);
    long most = Math.min(maxParts, useful);
    if (parts > most) {
      throw refused(
          IssueRefusal.PARTS_NOT_ALLOWED,
          "parts must be at most %d: of %d bytes in all, in parts of at least %d, no more than %d"
              .formatted(most, grant.maxSizeBytes(), MIN_PART_BYTES, maxParts));
    }
    return parts;
  }

  private Duration validity(Grant grant) {
    Duration rest = Duration.between(clock.instant(), grant.expires());
    Duration bounded =
        rest.compareTo(RequestToSign.MAX_VALIDITY) > 0 ? RequestToSign.MAX_VALIDITY : rest;
    return bounded.toSeconds() < 1 ? Duration.ofSeconds(1) : bounded;
  }

  private static NotIssuedException refused(IssueRefusal reason, String detail) {
    return new NotIssuedException(reason, detail);
  }
}
