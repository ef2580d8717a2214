import Testing

/// The list of lost calls over HTTP: claimed, released, done, and closed by itself.
@Suite(.enabled(if: Program.isBuilt)) struct LostCallsTests {
    /// Two callers from outside whom nobody answered on this day, one of them twice.
    private static let load = """
        line() { echo "\\"\\",\\"$1\\",\\"101\\",\\"$2\\",\\"\\",\\"$3\\",\\"$4\\",\\"Dial\\",\\"\\",\\"$5\\",$6,\\"$7\\",$8,$9,\\"${10}\\",\\"DOCUMENTATION\\",\\"${11}\\",\\"\\",\\"\\",\\"${11}\\",1"; }
        day=$(date -u +%Y-%m-%d)
        {
            line 03012345 from-trunk PJSIP/trunk-1 PJSIP/101-2 "$day 00:00:01" "" "$day 00:00:21" 20 0 "NO ANSWER" 100.1
            line 03012345 from-trunk PJSIP/trunk-3 PJSIP/101-4 "$day 00:00:31" "" "$day 00:00:51" 20 0 "NO ANSWER" 100.2
            line 03067890 from-trunk PJSIP/trunk-5 PJSIP/101-6 "$day 00:00:41" "" "$day 00:00:51" 10 0 "NO ANSWER" 100.3
        } >"$folder/Master.csv"
        crm-voip etl --file "$folder/Master.csv" --timezone UTC --quiet
        get() { ask "GET $1 HTTP/1.1" 'Host: localhost' 'Connection: close' "${@:2}"; }
        post() { ask "POST $1 HTTP/1.1" 'Host: localhost' 'Connection: close' "Content-Length: ${#3}" "Content-Type: $2" 'Sec-Fetch-Site: same-origin' '' "$3"; }
        json() { post "/api/v1/lost-calls/$1" application/json "$2" | tr -d '\\r' | sed -n '1s/HTTP.1.1 //p; s/^ *"\\(state\\|claimed_by\\|note\\|detail\\)": //p'; }
        list() { get /api/v1/lost-calls | sed -n 's/^ *"\\(state\\|number\\|times\\)": //p' | tr -d '\\n'; echo; }
        id() { get /api/v1/lost-calls | tr -d '\\n' | sed 's/.*"id": "\\([^"]*\\)"[^}]*"number": "'$1'".*/\\1/'; }
        """

    @Test func `a caller is claimed, done with a note, and on the list again if lost again`() async throws {
        let result = try await ServeTests.served(
            "--open-role lead",
            """
            \(Self.load)
            list
            one=$(id 03012345)
            json $one/claim '' ; json $one/claim ''; json $one/release ''; json $one/release ''
            json $one/done '{"note": "will call on Monday"}'; json $one/claim ''
            list
            report() { crm-voip report lost-calls --days 0 --timezone UTC --format csv --quiet "$@" 2>&1 | tr -d '\\r'; }
            report --columns status,caller,tries,done_by,note
            report --columns caller --open
            report --columns caller,tries --owner Nobody
            """
        )
        #expect(
            result.output == """
                "open","03012345",2,"open","03067890",1,
                200 OK
                "claimed",
                "(not logged in)",
                null,
                200 OK
                "claimed",
                "(not logged in)",
                null,
                200 OK
                "open",
                null,
                null,
                409 Conflict
                "You are not taking care of this caller.",
                200 OK
                "done",
                null,
                "will call on Monday",
                409 Conflict
                "(not logged in) has marked this caller as done.",
                "open","03067890",1,"done","03012345",2,
                status,caller,tries,done_by,note
                open,03067890,1,,
                done,03012345,2,(not logged in),will call on Monday
                caller
                03067890
                caller,tries
                status 0

                """,
            "\(result.errors)"
        )
    }

    @Test func `the page has forms that work without a script, and a foreign one changes nothing`() async throws {
        let form = "application/x-www-form-urlencoded"
        let result = try await ServeTests.served(
            "--open-role lead",
            """
            \(Self.load)
            one=$(id 03067890)
            token=$(get /lost-calls | sed -n 's/.*form_token" value="\\([0-9a-f]*\\)".*/\\1/p' | head -1)
            post /lost-calls/$one/done \(form) 'note=spam' | head -1
            post /lost-calls/$one/done \(form) "form_token=$token&note=spam" | sed -n 's/\\r//; 1p; s/^Location: //p' >"$folder/answer"
            head -1 "$folder/answer"
            get "$(tail -1 "$folder/answer")" | sed -n 's/.*class="notice" role="status">\\([^<]*\\)<.*/\\1/p; s/.*\\(“spam”\\).*/\\1/p'
            get /lost-calls | grep -c 'action="/lost-calls/[a-z0-9]*/call"'
            post /lost-calls/$one/call \(form) "form_token=$token&phone=PJSIP/101" | head -1
            sed 's/.*"what":"\\([^"]*\\)".*/\\1/' "$CRM_VOIP_DATA/serve-access.log" | sort | uniq -c | sed 's/^ *//'
            """
        )
        #expect(
            result.output == """
                HTTP/1.1 403 Forbidden\r
                HTTP/1.1 303 See Other
                Done. The caller returns to the list if they are lost again.
                “spam”
                0
                HTTP/1.1 401 Unauthorized\r
                1 lost call done
                4 lost calls
                status 0

                """,
            "\(result.output) \(result.errors)"
        )
    }

    @Test func `a caller to whom somebody has spoken since is settled automatically`() async throws {
        let result = try await ServeTests.served(
            "--open-role operator",
            """
            \(Self.load)
            one=$(id 03012345); json $one/claim '' >/dev/null
            line 101 from-internal PJSIP/101-7 PJSIP/trunk-8 "$day 00:01:01" "$day 00:01:05" "$day 00:01:21" 20 16 ANSWERED 100.4 |
                sed 's/"101","101"/"101","03012345"/' >"$folder/more.csv"
            crm-voip etl --file "$folder/more.csv" --timezone UTC --quiet
            list
            get /wall | tr -d '\\n' | sed -n 's/.*To call back<.dt><dd><span class="figure">\\([0-9]*\\).*/\\1 to call back/p'; echo
            post /api/v1/lost-calls/$(id 03067890)/call application/json '{"phone": "PJSIP/101"}' | head -1
            """
        )
        #expect(
            result.output == """
                "open","03067890",1,"reached","03012345",2,
                1 to call back
                HTTP/1.1 500 Internal Server Error\r
                status 0

                """,
            "\(result.output) \(result.errors)"
        )
    }
}
