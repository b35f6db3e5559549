/** The command line {@code zkml}: what a data provider, a campaign's owner and anybody with a proof to check runs. */
package org.zkml.prover.cli;
