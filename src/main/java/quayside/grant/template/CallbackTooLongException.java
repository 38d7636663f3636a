package quayside.grant.template;

/** A callback parameter would be longer than OSS takes. */
public final class CallbackTooLongException extends Exception {
  private static final long serialVersionUID = 1L;

  CallbackTooLongException(String parameter, int length, int limit) {
    super(parameter + " would have " + length + " characters; OSS takes at most " + limit);
  }
}
