-- The token's events are not read any more: anybody can make them.
delete from chain_event where contract = 'RewardToken';
