/** Contributions: checked before gas is spent, relayed, and what the chain says about them. */
package org.zkml.backend.contribution;
