package quayside.sink.catalog;

/** Whether uploads are looked at in their bucket. */
enum Confirmation {
  /** Only when events contradict one another. */
  NONE,
  /** Each, with a HEAD. */
  HEAD
}
