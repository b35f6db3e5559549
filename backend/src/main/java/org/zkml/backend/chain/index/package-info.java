/**
 * Reads the contracts' events, block by block, stores them decoded, and lets projections be made of them. After a reorganisation the
 * events of lost blocks are removed and the projections that they touched are made again from the events that are left.
 */
package org.zkml.backend.chain.index;
