import TestSupport
import Testing

/// Reports that are delivered: mails received by a mail server, requests by a web server, files in a folder.
@Suite(.enabled(if: Site.canRun, "\(Site.reason)"), .timeLimit(.minutes(10)))
struct DeliveryTests {
    /// A Python that has a mail server; nil if there is none.
    private static let python = TestProcess.find(["python3"]).flatMap { path in
        (try? TestProcess.run([path, "-c", "import aiosmtpd.controller"])).map { path }
    }

    /// Takes mails and requests, and writes what Python's own parsers make of them to the site's folder.
    ///
    /// A mail to `refused@` or `later@` is refused; a request is answered with the status in its path.
    private static let server = """
        import email, email.policy, hashlib, hmac, http.server, io, json, os, re, socket, sys, threading, time, zipfile
        from aiosmtpd.controller import Controller
        folder = sys.argv[1]
        def numbers(text):
            return re.sub(r"[0-9]+", "N", text)
        def say(name, *lines):
            with open(folder + "/" + name, "w") as file:
                for line in lines:
                    print(line, file=file)
        class Mails:
            async def handle_RCPT(self, server, session, envelope, address, options):
                if address.startswith("refused"): return "550 5.1.1 unknown"
                if address.startswith("later"): return "451 4.3.0 full"
                envelope.rcpt_tos.append(address)
                return "250 OK"
            async def handle_DATA(self, server, session, envelope):
                m = email.message_from_bytes(envelope.content, policy=email.policy.default)
                html = m.get_body(("html",)).get_content()
                text = m.get_body(("plain",)).get_content()
                rows = re.findall(r"<th[^>]*>(.*?)</th><td[^>]*><strong>(.*?)</strong>", html)
                lines = ["to " + ",".join(envelope.rcpt_tos), "subject " + numbers(m["Subject"])]
                lines += [name + " = " + re.sub("<[^>]*>", "", figure) for name, figure in rows]
                lines.append("in plain text: %s" % ("Offered to queues: 2 (" in text))
                for part in m.iter_attachments():
                    data = part.get_payload(decode=True)
                    if data[:2] == b"PK":
                        book = zipfile.ZipFile(io.BytesIO(data))
                        data = b"".join(book.read(n) for n in book.namelist())
                        kind = "workbook" if "xl/workbook.xml" in book.namelist() else "zip"
                    else:
                        kind = data[:15].decode()
                    lines.append("%s: %s, %s, sales: %s" % (numbers(part.get_filename()), part.get_content_type(), kind,
                                                            b"sales" in data or b"03099999" in data))
                lines.append("defects: %d, other queue in the text: %s" % (len(m.defects), "sales" in html + text))
                say("mail", *lines)
                return "250 taken"
        class Hook(http.server.BaseHTTPRequestHandler):
            def log_message(self, *words): pass
            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"]))
                code = hmac.new(b"s3cret", body, hashlib.sha256).hexdigest()
                got = json.loads(body)
                say("hook", "signed: %s" % (self.headers["X-CRM-VoIP-Signature"] == "sha256=" + code),
                    self.headers["X-CRM-VoIP-Event"], got["delivery"], numbers(got["window"]),
                    [(r["report"], len(r["rows"])) for r in got["reports"]])
                self.send_response(int(self.path[1:]))
                self.end_headers()
        # The controller needs to know its port in advance.
        with socket.create_server(("127.0.0.1", 0)) as free: smtp = free.getsockname()[1]
        mails = Controller(Mails(), hostname="127.0.0.1", port=smtp)
        mails.start()
        hook = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Hook)
        threading.Thread(target=hook.serve_forever, daemon=True).start()
        ports = "%d %d\\n" % (smtp, hook.server_address[1])
        with open(folder + "/ports.new", "w") as file: file.write(ports)
        os.rename(folder + "/ports.new", folder + "/ports")
        time.sleep(280)
        """

    /// Two callers of `support` on the Thursday of last week, one of whom gave up, and one of `sales`, who gave up too.
    private static let load = """
        day=$(date -u -d "$(date -u +%F) -$(($(date -u +%u) + 3)) days" +%F)
        t=$(date -u -d "$day 10:00:00" +%s)
        cat >"$SITE/queue_log" <<END
        $t|1.1|support|NONE|ENTERQUEUE||03012345|1
        $((t + 5))|1.1|support|Alice|CONNECT|5|1.2|3
        $((t + 65))|1.1|support|Alice|COMPLETECALLER|5|60|1
        $((t + 100))|1.3|support|NONE|ENTERQUEUE||03067890|1
        $((t + 130))|1.3|support|NONE|ABANDON|1|1|30
        $((t + 200))|1.4|sales|NONE|ENTERQUEUE||03099999|1
        $((t + 240))|1.4|sales|NONE|ABANDON|1|1|40
        END
        mkdir "$SITE/out"
        '\(python ?? "python3")' "$SITE/server.py" "$SITE" & server=$!
        trap 'kill $server' EXIT
        n=0; until test -e "$SITE/ports" || test $((n += 1)) -gt 400; do sleep 0.05; done
        read smtp http <"$SITE/ports" || exit
        if test "$(id -u)" = 0; then group=daemon; else group=$(id -Gn | awk '{ print $NF }'); fi
        mail() { printf '[alerts.receivers.%s]\\ntype = "email"\\nfrom = "PBX <pbx@example.com>"\\nto = ["%s@example.com"]\\nsmtp_host = "127.0.0.1"\\nsmtp_port = %s\\nsmtp_security = "none"\\n' $1 $1 $2; }
        hook() { printf '[alerts.receivers.%s]\\ntype = "webhook"\\nurl = "http://127.0.0.1:%s/%s"\\nsecret = "s3cret"\\n' $1 $http $2; }
        delivery() { printf '[reports.delivery.%s]\\nreports = ["queues", "lost-calls"]\\nqueue = "support"\\n%s\\n' "$1" "$2"; }
        {
            printf '[pbx.main]\\ntimezone = "UTC"\\nregion = "DE"\\n[reports]\\ntimezone = "UTC"\\n'
            mail leads $smtp; mail refused $smtp; mail later $smtp; mail nobody 1
            hook crm 200; hook broken 503; hook gone 404
            delivery support 'receivers = ["leads", "crm"]'
            delivery folder "folder = \\"$SITE/out\\"
        formats = [\\"html\\", \\"xlsx\\", \\"csv\\", \\"json\\"]
        group = \\"$group\\""
            for name in refused later nobody broken gone; do delivery $name "receivers = [\\"$name\\"]"; done
            delivery mixed 'receivers = ["refused", "leads"]'
        } >"$SITE/crm-voip.toml"
        chmod 600 "$SITE/crm-voip.toml"
        crm-voip etl --queue-log "$SITE/queue_log" --quiet || exit
        """

    @Test(.enabled(if: python != nil, "Python's aiosmtpd is not installed"))
    func `a lead gets a mail with a summary, the page and the workbook, of the own queue only`() async throws {
        let site = try Site(configuration: "")
        try site.write(Self.server, to: "server.py")
        let result = try await site.shell(
            """
            \(Self.load)
            crm-voip report --deliver support; echo "status $?"
            cat "$SITE/mail" "$SITE/hook"
            """
        )
        #expect(
            result.output == """
                status 0
                to leads@example.com
                subject Calls · Week N of N · support
                Offered to queues = 2
                Answered, of offered = 50.0 %
                In time, of offered without short (target 80 %) = 50.0 %
                Lost in queues, without 0 short = 1
                Mean wait of answered = 0:05
                Longest wait in queues = 0:30
                Callers to call back = 1
                in plain text: True
                N-WN.html: text/html, <!doctype html>, sales: False
                N-WN.xlsx: application/vnd.openxmlformats-officedocument.spreadsheetml.sheet, workbook, sales: False
                defects: 0, other queue in the text: False
                signed: True
                reports
                support
                N-WN
                [('queues', 1), ('lost-calls', 1)]

                """
        )
        #expect(result.errors == "")
    }

    @Test(.enabled(if: python != nil, "Python's aiosmtpd is not installed"))
    func `a failure is told, with a status that says whether it may pass, and others get theirs`() async throws {
        let site = try Site(configuration: "")
        try site.write(Self.server, to: "server.py")
        let result = try await site.shell(
            """
            \(Self.load)
            for name in refused later nobody broken gone mixed unknown; do
                crm-voip report --deliver $name 2>"$SITE/errors"; echo "$name $? $(wc -l <"$SITE/errors")"
            done
            grep -c 'to leads@example.com' "$SITE/mail"
            crm-voip report --deliver refused --deliver later 2>&1 | sed 's/[0-9]\\{4,5\\}/PORT/'
            """
        )
        #expect(
            result.output == """
                refused 69 1
                later 75 1
                nobody 75 1
                broken 75 1
                gone 69 1
                mixed 69 1
                unknown 64 1
                1
                crm-voip: Report refused was not delivered to refused: 127.0.0.1:PORT refused all recipients: refused@example.com: 550 5.1.1 unknown.
                crm-voip: Report later was not delivered to later: 127.0.0.1:PORT refused the recipient later@example.com: 451 4.3.0 full.

                """
        )
    }

    @Test(.enabled(if: python != nil, "Python's aiosmtpd is not installed"))
    func `another run delivers only to those who have not got the reports of this time`() async throws {
        let site = try Site(configuration: "")
        try site.write(Self.server, to: "server.py")
        let result = try await site.shell(
            """
            \(Self.load)
            deliver() {
                crm-voip report --deliver mixed "$@" 2>/dev/null
                echo "status $? $(ls "$SITE" | grep -c '^mail$')"; rm -f "$SITE/mail"
            }
            deliver; deliver --missing
            sed -i 's/"refused@example.com"/"pbx@example.com"/' "$SITE/crm-voip.toml"
            deliver --missing; deliver --missing; deliver
            sed -i '/delivery.mixed/a window = "yesterday"' "$SITE/crm-voip.toml"
            deliver --missing; deliver --missing
            """
        )
        // At first one of two is refused. The next run is for that one only, until it is corrected. Another time of the reports
        // begins anew, as does a run without the option.
        #expect(
            result.output == """
                status 69 1
                status 69 0
                status 0 1
                status 0 0
                status 0 1
                status 0 1
                status 0 0

                """
        )
    }

    @Test(.enabled(if: python != nil, "Python's aiosmtpd is not installed"))
    func `a lead of several queues gets the reports of each`() async throws {
        let site = try Site(configuration: "")
        try site.write(Self.server, to: "server.py")
        let result = try await site.shell(
            """
            \(Self.load)
            printf '[reports.delivery.both]\\nreports = ["queues"]\\nqueue = ["support", "sales"]\\nreceivers = ["leads"]\\n\
            folder = "%s"\\nformats = ["html", "csv"]\\n' "$SITE/both" >>"$SITE/crm-voip.toml"
            mkdir "$SITE/both"
            crm-voip report --deliver both; echo "status $?"
            cat "$SITE/mail" | grep -e subject -e Offered -e N-WN
            cd "$SITE/both"; for file in *; do
                grep -q '03099999\\|sales' $file && has=sales || has=other
                echo "$(echo $file | sed 's/[0-9][0-9]*/N/g') $has"
            done
            """
        )
        #expect(
            result.output == """
                status 0
                subject Calls · Week N of N · support, sales
                Offered to queues = 2
                Offered to queues = 1
                N-WN-support-queues.csv: text/csv, period_start,pe, sales: False
                N-WN-support.html: text/html, <!doctype html>, sales: False
                N-WN-sales-queues.csv: text/csv, period_start,pe, sales: True
                N-WN-sales.html: text/html, <!doctype html>, sales: True
                N-WN-sales-queues.csv sales
                N-WN-sales.html sales
                N-WN-support-queues.csv other
                N-WN-support.html other

                """
        )
        #expect(result.errors == "")
    }

    @Test func `the program sendmail gets the same mail`() async throws {
        let site = try Site(configuration: "")
        // Takes the mail as Postfix's and Exim's sendmail do: recipients and text from stdin, options -t and -i.
        let program = "#!/bin/sh\nfolder=${0%/*}\necho \"$*\" >\"$folder/options\"\ncat >\"$folder/sent\"\n"
        try site.write(program, to: "sendmail")
        let result = try await site.shell(
            """
            chmod 755 "$SITE/sendmail"; chmod 777 "$SITE"
            cat >"$SITE/crm-voip.toml" <<END
            [pbx.main]
            timezone = "UTC"
            [alerts.receivers.lead]
            type = "sendmail"
            from = "PBX <pbx@example.com>"
            to = ["lead@example.com"]
            sendmail = "$SITE/sendmail"
            [reports.delivery.lead]
            reports = ["queues"]
            formats = ["html"]
            receivers = ["lead"]
            END
            chmod 600 "$SITE/crm-voip.toml"
            t=$(($(date +%s) - 86400 * $(date -u +%u) - 43200))
            printf '%s\\n' "$t|1.1|support|NONE|ENTERQUEUE||03012345|1" "$((t + 30))|1.1|support|NONE|ABANDON|1|1|30" >"$SITE/queue_log"
            crm-voip etl --queue-log "$SITE/queue_log" --quiet || exit
            crm-voip report --deliver lead; echo "status $?"
            cat "$SITE/options"; grep -c -e '^To: lead@example.com' -e 'filename="\\?[0-9]*-W[0-9]*.html' "$SITE/sent"
            """
        )
        #expect(result.output == "status 0\n-t -i\n2\n")
        #expect(result.errors == "")
    }

    @Test(.enabled(if: python != nil, "Python's aiosmtpd is not installed"))
    func `the folder gets complete files with the group's rights, whatever the mask`() async throws {
        let site = try Site(configuration: "")
        try site.write(Self.server, to: "server.py")
        let result = try await site.shell(
            """
            \(Self.load)
            umask 077
            crm-voip report --deliver folder; echo "status $?"
            cd "$SITE/out"; for file in $(ls -A); do
                echo "$(echo $file | sed 's/[0-9][0-9]*/N/g') $(stat -c '%a %G' $file | sed "s/ $group$/ group/") $(head -c 2 $file | tr -d '\\n')"
            done
            cut -d, -f4-6 *-queues.csv | tr -d '\\r'
            rm -r "$SITE/out"; crm-voip report --deliver folder 2>/dev/null; echo "without the folder $?"
            """
        )
        #expect(
            result.output == """
                status 0
                N-WN-lost-calls.csv 640 group st
                N-WN-queues.csv 640 group pe
                N-WN.html 640 group <!
                N-WN.json 640 group [
                N-WN.xlsx 640 group PK
                queue,offered,answered
                support,2,1
                without the folder 69

                """
        )
        #expect(result.errors == "")
    }

    @Test func `a report that shows other queues is a fault of the configuration`() async throws {
        let site = try Site(
            configuration: """
                [reports.delivery.lead]
                reports = ["queues", "agents"]
                queue = "support"
                folder = "/tmp"
                """
        )
        let sentence =
            "reports.delivery.lead is for some queues only, but the report agents also shows other queues. Remove the report "
            + "or the key queue."
        let check = try await site.shell("crm-voip config check 2>&1; echo $?")
        #expect(check.output.contains(sentence) && check.output.hasSuffix("78\n"))
        let run = try await site.shell("crm-voip report --deliver lead")
        #expect(run.status == 78 && run.errors.contains(sentence))
    }

    @Test(arguments: ["queues", "--list", "--show queues", "--json", "--output x.html", "--week 2026-W47", "--queue a"])
    func `what the configuration says cannot be given beside it`(option: String) async throws {
        let result = try await Program.shell("crm-voip report --deliver support \(option)")
        #expect(result.status == 64)
        #expect(result.errors.contains("--deliver takes reports, time, formats and queue from the configuration."))
    }
}
