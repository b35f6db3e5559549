/**
 * The server's domain: chain client, relayer, indexer, and a service with its entities for each part of the marketplace. The chain is the truth, the database a
 * projection of it. No REST here.
 */
package org.zkml.backend;
