# A million contacts: the first sync, one with nothing new, one in which 2 % have changed, and another source in their place.
# The yardstick is \copy of the same file into a table with a primary key and an index of the numbers.

contacts=1000000

# write_contacts FIRST SHARE: contacts from number FIRST on, of which every SHAREth has another name and number; 0 for none.
write_contacts() {
    awk -v first="$1" -v share="$2" -v count="$contacts" 'BEGIN {
        print "kind,id,name,phone,company,owner"
        for (i = first; i < first + count; i++) {
            changed = share && i % share == 0
            printf "contact,%d,%s %d,+79%09d,Company %d,owner%d\n", i, changed ? "Customer" : "Contact", i,
                (i * 7919 + (changed ? 1 : 0)) % 1000000000, i % 5000, i % 40
        }
    }'
}

measure_contacts() {
    local turn
    write_contacts 1 0 >"$work/contacts-1.csv"
    write_contacts 1 50 >"$work/contacts-2.csv"
    write_contacts 5000001 0 >"$work/contacts-3.csv"
    for turn in $(seq "$repeats"); do
        fresh_database
        sync_contacts contacts-first 1
        sync_contacts contacts-same 1
        sync_contacts contacts-changed 2
        sync_contacts contacts-other 3
        psql -qX -c 'create table bare (kind text, id text primary key, name text, phone text, company text, owner text)' \
            -c 'create index on bare (phone)'
        measure contacts-copy psql -qX -c "\\copy bare from '$work/contacts-1.csv' with (format csv, header)"
    done
}

# sync_contacts NAME FILE: the source keeps its name, as a CRM does whose contacts change.
sync_contacts() {
    local settings=$work/contacts-$1.toml
    cp "$work/contacts-$2.csv" "$work/contacts.csv"
    sed "\$a [contacts]\ncsv = '$work/contacts.csv'" "$CRM_VOIP_CONFIG" >"$settings"
    CRM_VOIP_CONFIG=$settings measure "$1" "$program" contacts sync
}

report_contacts() {
    echo "## $(thousands "$contacts") contacts"
    echo
    table_head 'a million contacts' contacts '\\copy'
    row contacts-copy "$contacts" contacts-copy '`psql \copy` of the file into a table with two indexes'
    row contacts-first "$contacts" contacts-copy 'the first sync'
    row contacts-same "$contacts" contacts-copy 'again, nothing new'
    row contacts-changed "$contacts" contacts-copy '2 % have another name and number'
    row contacts-other "$contacts" contacts-copy 'another source in their place'
    echo
}
