/** What `make bench` adds to the application: endpoints to compare with. Never in a product. */
package quayside.bench;
