/**
 * The only user of Web3j in the server: the node's JSON-RPC, the contracts' calls and errors, signed messages. {@code relay} sends
 * transactions, {@code index} reads events; both keep their state in the database only, so that any number of instances can share it.
 */
package org.zkml.backend.chain;
