package org.zkml.prover.cli;

import org.zkml.prover.relation.DatasetStatement;

/** What registers a data set. */
@SuppressWarnings("ArrayRecordComponent") // a carrier, never compared
public record Registration(DatasetStatement statement, byte[] proof, Authorization authorization) {}
