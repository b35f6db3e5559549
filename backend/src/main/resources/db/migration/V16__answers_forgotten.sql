-- Answers to disputes show a share in clear: once settled they are not kept.
update relay_attempt set signed_transaction = '' where message_id in (select id from relayed_message where kind = 'ANSWER' and settled);
update relayed_message set call_data = '' where kind = 'ANSWER' and settled;
