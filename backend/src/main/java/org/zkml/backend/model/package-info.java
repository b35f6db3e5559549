/** Global models: one for each campaign, commitments only. */
package org.zkml.backend.model;
