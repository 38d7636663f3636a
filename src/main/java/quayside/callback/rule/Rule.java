package quayside.callback.rule;

import java.util.function.Predicate;
import quayside.event.ObjectUploaded;

/**
 * One compiled rule about the object of a callback.
 *
 * @param isMet false, too, when the fact it is about is not reported
 */
record Rule(RuleKind kind, RuleAction action, Predicate<ObjectUploaded> isMet) {}
