/** Readiness: the chain, how far it has been read, and the account that pays. The database's check is Quarkus's own. */
package org.zkml.api.health;
