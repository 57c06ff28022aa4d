-- How often an address was asked whether its owner agrees: by address, whoever the customers behind it are.
create index outbox_confirms on outbox (shop, contact_hash, created_at) where notice = 'consent_confirm';
