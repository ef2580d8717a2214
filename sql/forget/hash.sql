-- HMAC-SHA-256 (RFC 2104) of a text ($1); $2 and $3: the inner and the outer padded key.
select encode(sha256($3 || sha256($2 || convert_to($1, 'UTF8'))), 'hex')
