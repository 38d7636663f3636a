/**
 * Upgrades: old and new beside one another, on one topic and on one database, as {@code
 * deploy/UPGRADES.md} says they may be.
 */
@org.jspecify.annotations.NullMarked
package quayside.upgrade;
