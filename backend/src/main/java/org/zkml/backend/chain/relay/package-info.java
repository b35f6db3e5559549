/**
 * The durable outbox: messages become transactions, exactly one of which is mined. Every step is a database transaction that claims its
 * row with {@code FOR UPDATE SKIP LOCKED}; nothing is held in memory, so instances may die at any point and any number may run.
 */
package org.zkml.backend.chain.relay;
