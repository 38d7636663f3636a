/**
 * The schemas of the events, made known to a schema registry where there is one: any that speaks
 * the API of Confluent's, such as Apicurio Registry or Karapace. At the start each is looked up
 * under the subject {@code <topic>-value} and registered when it is not there; the id becomes
 * {@code ce_schemaid} of the events published from then on.
 *
 * <p>It is never in the way: everything happens on a thread of its own, events go out without the
 * header until the registry has answered, and without {@code quayside.registry.url} there is
 * neither thread nor client. Repeating it changes nothing: the same schema under the same subject
 * has the same id. What cannot be registered because it is incompatible with what the registry has
 * is tried again only seldom; somebody has to look.
 *
 * @see <a href="https://docs.confluent.io/platform/current/schema-registry/develop/api.html">the
 *     API</a>
 */
@NullMarked
package quayside.registry;

import org.jspecify.annotations.NullMarked;
