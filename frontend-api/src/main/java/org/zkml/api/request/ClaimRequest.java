package org.zkml.api.request;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A claim to be made for an account. */
@Schema(requiredProperties = "account")
public record ClaimRequest(
        @Schema(example = "0x24219351d846d4b235db9d140800686220b75770")
        String account) {

    public String parse() {
        return Fields.address("account", account);
    }
}
