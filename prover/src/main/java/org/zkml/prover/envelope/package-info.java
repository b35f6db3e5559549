/** Messages from one account to another that nobody else can read (docs/secure-averaging.md). */
package org.zkml.prover.envelope;
