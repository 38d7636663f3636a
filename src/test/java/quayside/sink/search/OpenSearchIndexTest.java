package quayside.sink.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import quayside.sink.DependencyUnavailableException;

/** OpenSearch keeps the contract, on a real node, and says so when it cannot. */
class OpenSearchIndexTest extends SearchIndexContract {
  private static final String NAME = "test-" + UUID.randomUUID();
  private static SearchIndex index;

  @BeforeAll
  static void createIndex() {
    index = SearchCluster.create(new SearchCluster.Config(SearchCluster.url(), NAME));
  }

  @Override
  SearchIndex index() {
    return index;
  }

  @Override
  IndexedVersions indexedVersions() {
    SearchCluster.Config config = new SearchCluster.Config(SearchCluster.url(), NAME);
    return new OpenSearchIndexedVersions(SearchCluster.client(config.url()), config);
  }

  /** Gone with its alias, or a node away: never an index that knows nothing. */
  @Test
  void versionsOfAnIndexThatIsGone_areUnavailable() throws Exception {
    SearchCluster.Config config =
        new SearchCluster.Config(SearchCluster.url(), "gone-" + UUID.randomUUID());
    OpenSearchClient client = SearchCluster.client(config.url());
    IndexedVersions versions = new OpenSearchIndexedVersions(client, config);
    assertThat(versions.of("b", List.of("k"))).isEmpty();
    client.require(
        "DELETE", "/" + config.index() + "-documents-000001", null, Duration.ofSeconds(10));

    assertThatExceptionOfType(DependencyUnavailableException.class)
        .isThrownBy(() -> versions.of("b", List.of("k")));
    SearchCluster.Config away = new SearchCluster.Config(URI.create("http://127.0.0.1:1"), "x");
    assertThatExceptionOfType(DependencyUnavailableException.class)
        .isThrownBy(() ->
            new OpenSearchIndexedVersions(SearchCluster.client(away.url()), away)
                .of("b", List.of("k")));
    assertThat(versions.of("b", List.of("k"))).as("made again").isEmpty();
  }

  // A rule of the index that we do not check ourselves.
  @Test
  void documentTheServerRefuses_failsAloneAndQuotesNothing() throws Exception {
    OpenSearchClient client = SearchCluster.client(SearchCluster.url());
    String alias = "strict-" + UUID.randomUUID();
    client.require(
        "PUT",
        "/" + alias,
        OpenSearchClient.JSON.readTree(
            "{\"mappings\":{\"properties\":{\"etag\":{\"type\":\"integer\"}}}}"),
        Duration.ofSeconds(10));
    OpenSearchWriter writer =
        new OpenSearchWriter(
            client, new OpenSearchSchema.Names(alias, alias), false, Duration.ofSeconds(10));
    Change.Upsert good =
        new Change.Upsert(new ObjectId("b", "good"), 1, Changes.etag(Changes.document(1), "7"));
    Change.Upsert bad =
        new Change.Upsert(new ObjectId("b", "bad"), 1, Changes.etag(Changes.document(1), "secret"));

    assertThat(writer.write(List.of(good, bad)))
        .containsExactly(
            Outcome.APPLIED,
            new Outcome.Failed(
                "refused-by-index", "the search index refuses it with mapper_parsing_exception"));
  }

  @Test
  void manyLargeDocuments_areSentInParts() throws Exception {
    String bucket = UUID.randomUUID().toString();
    String large = "x".repeat(300_000);
    List<Change> changes = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      ObjectDocument document =
          Changes.variables(Changes.document(i), java.util.Map.of("large", large + i));
      changes.add(new Change.Upsert(new ObjectId(bucket, "k" + i), 1, document));
    }

    assertThat(index.bulk(changes)).hasSize(40).allMatch(Outcome.APPLIED::equals);
    assertThat(index.search(new QueryScenario(bucket).variable("large", large + 7).query()).hits())
        .extracting(SearchHit::key)
        .containsExactly("k7");
  }

  @Test
  void nodeAway_isUnavailable() {
    // Port 1 (tcpmux): nothing listens there.
    SearchIndex away =
        SearchCluster.create(new SearchCluster.Config(URI.create("http://127.0.0.1:1"), "x"));

    assertThat(away.ready()).isFalse();
    assertUnavailable(away);
  }

  /** Overload, no leader, a full disk, wrong credentials, a proxy's own page. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "429 | {\"error\":{\"type\":\"rejected_execution_exception\"}}",
        "503 | {\"error\":{\"type\":\"cluster_manager_not_discovered_exception\"}}",
        "401 | {}",
        "200 | <html>Welcome</html>"
      })
  void answerThatIsNone_isUnavailable(int status, String body) throws IOException {
    HttpServer server = server(status, body, new CountDownLatch(0));
    try {
      assertUnavailable(SearchCluster.create(new SearchCluster.Config(url(server), "x")));
    } finally {
      server.stop(0);
    }
  }

  @Test
  void searchThatHangs_isGivenUp() throws IOException {
    CountDownLatch never = new CountDownLatch(1);
    HttpServer server = server(200, "{}", never);
    try {
      SearchCluster.Config config = new SearchCluster.Config(url(server), "x");
      SearchIndex hanging =
          new OpenSearchIndex(SearchCluster.client(config.url()), config, Duration.ofMillis(50));

      assertThatExceptionOfType(SearchTimeoutException.class)
          .isThrownBy(() -> hanging.search(new QueryScenario("b").query()));
    } finally {
      never.countDown();
      server.stop(0);
    }
  }

  @Test
  void wrongConfiguration_isRefusedByName() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> new OpenSearchClient(URI.create("es:9200"), Optional.empty(), Optional.empty()))
        .withMessageContaining("quayside.search.opensearch.url");
    assertThatIllegalArgumentException()
        .isThrownBy(() ->
            new OpenSearchClient(URI.create("http://es:9200"), Optional.of("me"), Optional.empty()))
        .withMessageContaining("password");
    assertThatIllegalArgumentException()
        .isThrownBy(() ->
            SearchCluster.create(new SearchCluster.Config(URI.create("http://es:9200"), "Upper")))
        .withMessageContaining("quayside.search.opensearch.index");
  }

  private static void assertUnavailable(SearchIndex index) {
    assertThatExceptionOfType(DependencyUnavailableException.class)
        .isThrownBy(() -> index.bulk(List.of(Changes.upsert(new ObjectId("b", "k"), 1))));
    assertThatExceptionOfType(DependencyUnavailableException.class)
        .isThrownBy(() -> index.search(new QueryScenario("b").query()));
  }

  // Answers searches as told, and whether an alias exists with yes.
  private static HttpServer server(int status, String body, CountDownLatch beforeSearch)
      throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(task -> Thread.ofVirtual().start(task));
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    server.createContext(
        "/",
        exchange -> {
          boolean search = exchange.getRequestURI().getPath().endsWith("_search");
          if (search) {
            await(beforeSearch);
          }
          exchange.sendResponseHeaders(status, bytes.length);
          exchange.getResponseBody().write(bytes);
          exchange.close();
        });
    server.start();
    return server;
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static URI url(HttpServer server) {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }
}
