package quayside.registry;

/** What the registry said to one schema. */
sealed interface RegistryAnswer {

  /**
   * It has the schema.
   *
   * @param id its number there
   */
  record Registered(int id) implements RegistryAnswer {}

  /**
   * It will not have the schema, today or tomorrow, unless somebody changes something.
   *
   * @param status HTTP status
   * @param words what it says about that, bounded
   */
  record Refused(int status, String words) implements RegistryAnswer {}

  /** Under this subject it has no such schema, yet. */
  record Unknown() implements RegistryAnswer {}

  /**
   * It did not answer, or not as a registry does; later it may.
   *
   * @param reason stable code: {@code unreachable}, {@code timeout}, {@code unauthorized}, {@code
   *     redirected}, {@code failed}, {@code answer-unreadable}
   * @param words the same in words, bounded
   */
  record Unavailable(String reason, String words) implements RegistryAnswer {}
}
