/**
 * What can be said of the manifests without a cluster: every overlay is rendered with {@code
 * kubectl kustomize}, read strictly, and held against itself and against rules.
 */
package quayside.kubernetes;
