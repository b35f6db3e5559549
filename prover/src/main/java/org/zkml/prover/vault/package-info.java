/** A provider's secrets on its own disk: blinders, keys, committed data, in one encrypted file. */
package org.zkml.prover.vault;
