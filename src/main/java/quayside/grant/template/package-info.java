/**
 * Writes OSS callback parameters from typed values, so that the mistakes people make in them by
 * hand (quotation marks around variables, encoded dollar signs, unescaped templates, fields over
 * the limit) cannot be made. The field names of the bodies are those that the ingress understands
 * without configuration.
 */
@NullMarked
package quayside.grant.template;

import org.jspecify.annotations.NullMarked;
