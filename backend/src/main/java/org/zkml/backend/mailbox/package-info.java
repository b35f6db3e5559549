/** Envelopes from one account of a campaign to another: kept for the recipient, readable by nobody else. */
package org.zkml.backend.mailbox;
