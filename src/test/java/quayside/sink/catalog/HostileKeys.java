package quayside.sink.catalog;

import java.util.List;

/** Object names that OSS allows, or a callback may claim, and that break careless software. */
public final class HostileKeys {
  public static final List<String> ALL =
      List.of(
          "k".repeat(1023),
          "照".repeat(341),
          "\u202Egpj.exe",
          "\u200F\u200Eשלום.txt",
          "😀/👩‍👩‍👧‍👦.png",
          "e\u0301.txt",
          "é.txt",
          "照片/2026 年/第一張.jpg",
          "a b+c%20d%2Fe.txt",
          "../../etc/passwd",
          "a/../b",
          "a//b",
          "a/./b",
          "/leading",
          "trailing/",
          "timeline",
          "a/timeline",
          "q?x=1&y=2#f;v=3",
          "'; drop table catalog.object; --",
          "\"quoted\" {1,NULL} \\ back\\slash",
          "NULL",
          "\t\r\n\u0001\u007F",
          "%zz%",
          "\uFEFFbom",
          "\uFFFD",
          "\uDBFF\uDFFF",
          "<script>alert(1)</script>",
          "${jndi:ldap://127.0.0.1/a}");

  private HostileKeys() {}
}
