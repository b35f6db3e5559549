package org.zkml.api.request;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.zkml.api.problem.MalformedRequestException;
import org.zkml.backend.campaign.AllowList;

/** An allow-list, in the form in which it is served. */
@Schema(name = "AllowList", requiredProperties = "entries")
public record AllowListRequest(List<Entry> entries) {

    private static final int ENTRIES = 10_000;

    @Schema(
            name = "AllowListEntry",
            requiredProperties = {"account", "rowCap"})
    public record Entry(
            @Schema(example = "0x24219351d846d4b235db9d140800686220b75770")
            String account,

            @Schema(description = "Rows of the account that count at most", example = "1000")
            Long rowCap) {}

    public AllowList parse() {
        Fields.required("entries", entries);
        if (entries.isEmpty() || entries.size() > ENTRIES) {
            throw new MalformedRequestException("entries", entries.size() + " are not from 1 to " + ENTRIES);
        }
        final List<AllowList.Entry> parsed = new ArrayList<>();
        final Set<AllowList.Entry> seen = new HashSet<>();
        for (int i = 0; i < entries.size(); i++) {
            final String field = "entries[" + i + "]";
            final Entry entry = Fields.required(field, entries.get(i));
            final long rowCap = Fields.required(field + ".rowCap", entry.rowCap);
            if (rowCap < 1 || rowCap > 0xffff_ffffL) {
                throw new MalformedRequestException(field + ".rowCap", rowCap + " is not from 1 to 2^32 - 1");
            }
            final AllowList.Entry read = new AllowList.Entry(Fields.address(field + ".account", entry.account), rowCap);
            if (!seen.add(read)) {
                throw new MalformedRequestException(field, "is in the list twice");
            }
            parsed.add(read);
        }
        return new AllowList(parsed);
    }
}
