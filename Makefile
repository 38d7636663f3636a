# Plain `make` lists the targets. Everything is installed unattended from Maven Central and npm; no Docker.
.DEFAULT_GOAL := help
SHELL := /bin/bash
# What a recipe left half done is not taken for done by the next run.
.DELETE_ON_ERROR:

JAVA_HOME := $(shell deploy/make/find-jdk.sh 2>/dev/null)
export JAVA_HOME
export QUAYSIDE_DATA_DIR ?= $(CURDIR)/.quayside

MVN    := ./mvnw --batch-mode --no-transfer-progress
LAPTOP := deploy/laptop/target/quayside-laptop.jar
OPENSEARCH := deploy/opensearch/target/quayside-opensearch.jar
SUBSCRIBER := deploy/examples/subscribers/java/target/subscriber.jar
SUBSCRIBER_JS := deploy/examples/subscribers/javascript/node_modules/.package-lock.json
APP    := target/quarkus-app/quarkus-run.jar
INGRESS := target/ingress/quarkus-app/quarkus-run.jar
LICENCES := org.codehaus.mojo:license-maven-plugin:add-third-party
NATIVE_SOURCES := target/native/native-sources/native-image.args
JAVA   := $(JAVA_HOME)/bin/java

.PHONY: help
help: ## List the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-15s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

.PHONY: jdk
jdk:
	@deploy/make/find-jdk.sh >/dev/null

.PHONY: run
run: $(LAPTOP) $(APP) libvips $(if $(filter opensearch,$(QUAYSIDE_SEARCH)),$(OPENSEARCH)) ## Start broker, database, OSS stand-in and Quayside in the foreground (Ctrl-C stops all)
	@exec $(JAVA) -jar $(LAPTOP) up --application $(APP) --jvm-options deploy/images/service.jvm \
	  $(if $(filter opensearch,$(QUAYSIDE_SEARCH)),--opensearch $(OPENSEARCH))

.PHONY: demo
demo: $(LAPTOP) ## Against a running `make run`: upload samples with the Alibaba SDKs, print what became of each
	@if command -v npm >/dev/null 2>&1; then \
	  npm ci --prefix deploy/laptop/demo --silent --no-audit --no-fund && \
	  exec $(JAVA) -jar $(LAPTOP) demo --node-script deploy/laptop/demo/upload.mjs; \
	else \
	  exec $(JAVA) -jar $(LAPTOP) demo; \
	fi

# The key of the laptop's OSS stand-in, where it has run.
STAND_IN_KEY := $(QUAYSIDE_DATA_DIR)/oss/callback_pub_key_v1.pem
STAND_IN_URL := http://127.0.0.1:$(or $(QUAYSIDE_OSS_PORT),9000)/callback_pub_key_v1.pem

.PHONY: explain
explain: $(if $(REQUEST),$(APP)) ## Why a captured callback is or is not accepted: make explain REQUEST=file
	@if [ -z "$(REQUEST)" ]; then \
	  echo "Say which capture: make explain REQUEST=file (raw HTTP or JSON; OPTIONS=\"--expect-query a=1\" and the like give hints)" >&2; \
	  exit 2; \
	fi
	@$(JAVA) -jar $(APP) explain $(if $(wildcard $(STAND_IN_KEY)),--key "$(STAND_IN_URL)=$(STAND_IN_KEY)") $(OPTIONS) "$(REQUEST)"

.PHONY: test
test: $(LAPTOP) $(OPENSEARCH) $(INGRESS) libvips tools examples ## Run every test, against the real components
	@rm -rf target/surefire-reports target/failsafe-reports deploy/laptop/target/surefire-reports deploy/bench/target/surefire-reports
	$(MVN) -f deploy/laptop/pom.xml verify
	$(MVN) -f deploy/bench/pom.xml verify
	$(MVN) verify
	@deploy/make/test-summary.sh target/surefire-reports target/failsafe-reports deploy/laptop/target/surefire-reports deploy/bench/target/surefire-reports

.PHONY: application
application: $(APP) ## Build everything (target/quarkus-app)

.PHONY: ingress
ingress: $(INGRESS) ## Build the thin ingress for the JVM (target/ingress/quarkus-app)

.PHONY: ingress-test
ingress-test: $(LAPTOP) $(if $(QUAYSIDE_INGRESS_BINARY),,$(INGRESS)) ## Test the ingress from outside, start and memory too (QUAYSIDE_INGRESS_BINARY=target/native/quayside-ingress: the native one)
	$(MVN) test-compile failsafe:integration-test failsafe:verify -Dit.excluded-groups=chaos \
	  -Dit.test='IngressIT,IngressFootprintIT,RestartIT,ManyConnectionsIT'

.PHONY: native
native: jdk ## Build the native ingress, target/native/quayside-ingress (wants GraalVM or Mandrel 25)
	@GRAALVM_HOME=$$(deploy/make/find-native-image.sh) && export GRAALVM_HOME && \
	$(MVN) package -DskipTests -Dflavour=ingress -DbuildDirectory=target/native \
	  -Dquarkus.native.enabled=true -Dquarkus.package.jar.enabled=false && \
	mv target/native/quayside-*-runner target/native/quayside-ingress && ls -l target/native/quayside-ingress

.PHONY: native-sources
native-sources: $(NATIVE_SOURCES) ## Make what a builder of native executables takes (target/native/native-sources)

.PHONY: images
images: jdk ## Build the container images (wants docker, podman or buildah; IMAGES="ingress quayside" for some)
	@deploy/make/images.sh "$(MAKE)" $(IMAGES)

.PHONY: sbom
sbom: jdk ## Parts lists (CycloneDX) and licences of what is shipped (target/notices); fails on a licence nobody expects
	$(MVN) -q $(LICENCES) org.cyclonedx:cyclonedx-maven-plugin:makeBom -DbuildDirectory=target/notices/all
	$(MVN) -q $(LICENCES) org.cyclonedx:cyclonedx-maven-plugin:makeBom -Dflavour=ingress \
	  -DbuildDirectory=target/notices/ingress

.PHONY: reproducible
reproducible: jdk ## Build both flavours and the sources of the native ingress twice, in different folders, and compare them byte by byte (FLAVOURS=ingress, native or all for one)
	@deploy/make/reproducible.sh $(FLAVOURS)

.PHONY: release
release: jdk ## Prepare a release, publish nothing: make release VERSION=1.2.3
	@deploy/make/release.sh "$(MAKE)" "$(VERSION)"

.PHONY: lint-images
lint-images: ## Check Containerfiles and the Compose file (skipped when there is no npm)
	@if command -v npm >/dev/null 2>&1; then \
	  npm ci --prefix deploy/images/lint --silent --no-audit --no-fund && \
	  cd deploy/images/lint && node --test --test-reporter=dot && node lint.mjs && \
	  npx --no-install dclint --config .dclintrc --max-warnings 0 ../../compose/compose.yaml; \
	else \
	  echo "npm is not installed: Containerfiles and the Compose file are not checked." >&2; \
	fi

# The published language: schemas, AsyncAPI, manifests of topics and rights, every release. Without what needs the stack.
CONTRACT_TESTS := quayside.contract.**,!quayside.contract.ServiceGroupsTest

.PHONY: check
check: $(INGRESS) $(NATIVE_SOURCES) lint-images ## Check formatting, licences, static analysis, dependency rules, schemas and their releases, both flavours, sources of the native ingress, images
	$(MVN) -q spotless:check $(LICENCES)
	$(MVN) -q -Plint -f deploy/laptop/pom.xml compile -DbuildDirectory=target/lint
	$(MVN) -q -Plint -f deploy/opensearch/pom.xml compile -DbuildDirectory=target/lint
	$(MVN) -q -Plint test -Dtest='DependencyRulesTest,NativeSourcesCheck,$(CONTRACT_TESTS)' -DbuildDirectory=target/lint
	@deploy/make/check-asyncapi.sh
	$(MVN) -q -f deploy/bench/pom.xml package
	deploy/make/check-manifests.sh "$(MVN)"
	@echo "Formatting, static analysis, dependency rules, schemas and their releases, both flavours, the sources of a native ingress, images and the manifests: nothing to complain about."

.PHONY: rules
rules: ## Write the alerts' rules (deploy/alerts) as resources of the Prometheus operator
	@deploy/make/prometheus-rules.sh

.PHONY: release-schemas
release-schemas: jdk ## Add a version of the contract to schemas/released: make release-schemas VERSION=0.2.0
	@$(MVN) -q test -Dtest='$(CONTRACT_TESTS)'
	@deploy/make/release-schemas.sh "$(VERSION)"

.PHONY: bench
bench: $(LAPTOP) libvips ## Measure, each figure beside a baseline; results in target/bench/ (SUITES="callback startup ..." for some)
	@echo "Building the ingress and the benchmarks ..."
	@$(MVN) -q package -DskipTests -Dflavour=ingress -Pbench -DbuildDirectory=target/bench/application
	@$(MVN) -q package -DskipTests -DbuildDirectory=target/bench/all
	@$(MVN) -q -f deploy/bench/pom.xml package -DskipTests
	@vipsthumbnail=$$(deploy/make/fetch-vipsthumbnail.sh "$(QUAYSIDE_DATA_DIR)/vipsthumbnail" "$(QUAYSIDE_DATA_DIR)/libvips"); \
	exec $(JAVA) -jar deploy/bench/target/quayside-bench.jar --laptop $(LAPTOP) \
	  --ingress target/bench/application/quarkus-app/quarkus-run.jar --ingress-jvm-options deploy/images/ingress.jvm \
	  --application target/bench/all/quarkus-app/quarkus-run.jar \
	  --application-jvm-options deploy/images/service.jvm --libvips "$(QUAYSIDE_DATA_DIR)/libvips" \
	  --vipsthumbnail "$$vipsthumbnail" --opensearch $(OPENSEARCH) --output target/bench $(SUITES)

# Figures of a `make bench` here, or those recorded with the sources.
MEASURED ?= deploy/bench/measured
BENCH    := deploy/bench/target/quayside-bench.jar

.PHONY: capacity
capacity: $(BENCH) ## Pods, partitions, cores, memory and disk for a rate of uploads (OPTIONS="--rate 500 --images 0.5", MEASURED=target/bench)
	@$(JAVA) -cp $(BENCH) quayside.bench.capacity.CapacityCommand --measured $(MEASURED) $(OPTIONS)

.PHONY: outage
outage: $(BENCH) ## Simulate Kafka or a sink being away: what fills, when it is caught up (OPTIONS="--rate 1000 --kafka-away 30")
	@$(JAVA) -cp $(BENCH) quayside.bench.capacity.OutageCommand --measured $(MEASURED) $(OPTIONS)

.PHONY: capacity-page
capacity-page: $(BENCH) ## Write what these two print into deploy/CAPACITY.md
	@deploy/make/capacity-page.sh "$(MAKE)"

.PHONY: fuzz
fuzz: jdk ## Fuzz the edge with more than a million inputs (about a quarter of an hour); FUZZ_SCALE=0.1 is a tenth
	$(MVN) -q -Pfuzz test-compile dependency:build-classpath -Dmdep.outputFile=target/fuzz/dependencies -Dmdep.includeScope=test
	@printf 'target/classes:target/test-classes:' | cat - target/fuzz/dependencies >target/fuzz/classpath
	@deploy/make/fuzz.sh $(JAVA) target/fuzz/classpath

.PHONY: chaos
chaos: $(LAPTOP) $(OPENSEARCH) libvips ## Kill and starve every part while objects are uploaded (about a quarter of an hour); SCENARIOS=ServerFaultsIT for some
	@deploy/make/chaos.sh $(MVN)

.PHONY: registry-test
registry-test: $(LAPTOP) ## Register the schemas in a real Apicurio Registry (159 MB from Maven Central; not part of `make test`)
	@apicurio=$$(deploy/make/fetch-apicurio.sh "$(QUAYSIDE_DATA_DIR)/apicurio" $(MVN)) && \
	$(MVN) -Pregistry test -Dtest.quayside.apicurio="$$apicurio"

.PHONY: format
format: jdk ## Format all Java sources
	$(MVN) -q spotless:apply

.PHONY: laptop
laptop: $(LAPTOP) ## Build the laptop stack (broker, database, OSS stand-in)

.PHONY: opensearch
opensearch: $(OPENSEARCH) ## Build the OpenSearch of tests and `QUAYSIDE_SEARCH=opensearch make run` (71 MB from Maven Central)

.PHONY: libvips
libvips: ## Fetch the image library into the data directory (skipped when there is no npm)
	@deploy/make/fetch-libvips.sh "$(QUAYSIDE_DATA_DIR)/libvips"

.PHONY: tools
tools: ## Fetch what tests need beside Java: nginx, promtool, kcat, jq, Python's Kafka client, a browser (a test without its tool fails, saying what to install)
	-@deploy/make/fetch-nginx.sh "$(QUAYSIDE_DATA_DIR)/nginx" >/dev/null
	-@deploy/make/fetch-promtool.sh "$(QUAYSIDE_DATA_DIR)/promtool" >/dev/null
	-@deploy/make/fetch-kcat.sh "$(QUAYSIDE_DATA_DIR)/kcat" >/dev/null
	-@deploy/make/fetch-jq.sh "$(QUAYSIDE_DATA_DIR)/jq" >/dev/null
	-@deploy/make/fetch-python-kafka.sh "$(QUAYSIDE_DATA_DIR)/python-kafka" >/dev/null
	-@deploy/make/fetch-chromium.sh "$(QUAYSIDE_DATA_DIR)/chromium" >/dev/null

.PHONY: examples
examples: $(SUBSCRIBER) $(if $(shell command -v npm),$(SUBSCRIBER_JS)) ## Build the subscribers in Java and JavaScript (deploy/examples/subscribers)

.PHONY: clean
clean: jdk ## Delete build output
	$(MVN) -q clean
	$(MVN) -q -f deploy/laptop/pom.xml clean
	$(MVN) -q -f deploy/bench/pom.xml clean
	$(MVN) -q -f deploy/opensearch/pom.xml clean
	$(MVN) -q -f deploy/examples/subscribers/java/pom.xml clean
	$(MVN) -q -f deploy/kubernetes/check/pom.xml clean

.PHONY: clean-data
clean-data: ## Delete local data (topics, database, uploaded objects)
	rm -rf "$(QUAYSIDE_DATA_DIR)"

$(LAPTOP): deploy/laptop/pom.xml $(shell find deploy/laptop/src/main -type f) | jdk
	@echo "Building the laptop stack ..."
	@$(MVN) -q -f deploy/laptop/pom.xml package -DskipTests
	@touch $@

$(OPENSEARCH): deploy/opensearch/pom.xml $(shell find deploy/opensearch/src/main -type f) | jdk
	@echo "Building OpenSearch for the laptop ..."
	@$(MVN) -q -f deploy/opensearch/pom.xml package -DskipTests
	@touch $@

$(BENCH): deploy/bench/pom.xml $(shell find deploy/bench/src/main -type f) | jdk
	@echo "Building the benchmarks ..."
	@$(MVN) -q -f deploy/bench/pom.xml package -DskipTests
	@touch $@

$(SUBSCRIBER): deploy/examples/subscribers/java/pom.xml $(shell find deploy/examples/subscribers/java/src -type f) | jdk
	@echo "Building the subscriber in Java ..."
	@$(MVN) -q -f deploy/examples/subscribers/java/pom.xml package
	@touch $@

$(SUBSCRIBER_JS): deploy/examples/subscribers/javascript/package-lock.json
	@npm ci --prefix deploy/examples/subscribers/javascript --silent --no-audit --no-fund
	@touch $@

$(APP): pom.xml $(shell find src/main -type f) | jdk
	@echo "Building Quayside ..."
	@$(MVN) -q package -DskipTests
	@touch $@

$(INGRESS): pom.xml $(shell find src/main -type f) | jdk
	@echo "Building the ingress ..."
	@$(MVN) -q package -DskipTests -Dflavour=ingress
	@touch $@

$(NATIVE_SOURCES): pom.xml $(shell find src/main -type f) | jdk
	@echo "Making the sources of the native ingress ..."
	@$(MVN) -q package -DskipTests -Dflavour=ingress -DbuildDirectory=target/native \
	  -Dquarkus.native.enabled=true -Dquarkus.native.sources-only=true
	@$(JAVA) deploy/build-order/src/main/java/quayside/build/order/SortedArchive.java $(dir $@)quayside-*-runner.jar
	@touch $@
