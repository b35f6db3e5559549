/** The proof system's verifier with a bound on how much of the machine it may take. */
package org.zkml.backend.verification;
