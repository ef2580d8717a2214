import Testing

@testable import Configuration

@Suite struct ReceiverSettingsTests {
    private func faults(_ toml: String) throws -> [String] {
        try TemporaryFolder().settings(toml).inconsistencies().map(\.message)
    }

    @Test(arguments: [
        ("url = 'http://a'", "type is not set. It is one of"),
        ("type = 'slack'", "url is needed with type = \"slack\", but is not set."),
        ("type = 'telegram'\ntoken = 'x'", "chat is needed with type = \"telegram\", but is not set."),
        ("type = 'ntfy'\ntopic = 'x'", "url is needed with type = \"ntfy\", but is not set."),
        ("type = 'command'\ncommand = ['sms']", "command should begin with the whole path of a program, not with sms."),
        ("type = 'slack'\nurl = 'x'\nchat = 'y'", "chat has no effect with type = \"slack\". Remove it."),
        ("type = 'slack'\nurl = 'x'\nfallback = 'y'", "fallback should be the name of another receiver, not y."),
        ("type = 'slack'\nurl = 'x'\nfallback = 'a'", "fallback should be the name of another receiver, not a."),
        (
            "type = 'pagerduty'\ntoken = 'x'\nsign_of_life = true",
            "sign_of_life would open an incident every day with type = \"pagerduty\". Remove it."
        ),
        (
            "type = 'email'\nsmtp_host = 'm'\nfrom = 'a@b'\nto = 'c@d'\nusername = 'u'",
            "username is set, but password_file is not."
        ),
        (
            """
            type = 'email'\nsmtp_host = 'm'\nfrom = 'a@b'\nto = 'c@d'\nusername = 'u'\npassword = 'p'
            smtp_security = 'none'
            """,
            "username needs TLS: a password is never sent without."
        ),
    ]) func `a fault of a receiver names its key`(keys: String, message: String) throws {
        let found = try faults("[alerts.receivers.a]\n\(keys)")
        #expect(found.count == 1)
        #expect(found.first?.hasPrefix("alerts.receivers.a.\(message)") == true)
    }

    @Test(arguments: [
        "type = 'webhook'\nurl = 'http://a'\nsecret = 'x'\ntoken = 'y'", "type = 'alertmanager'\nurl = 'http://a'",
        "type = 'mattermost'\nurl = 'http://a'", "type = 'telegram'\ntoken = 'x'\nchat = '1'",
        "type = 'ntfy'\nurl = 'http://a'\ntopic = 'x'", "type = 'pagerduty'\ntoken = 'x'",
        "type = 'template'\nurl = 'http://a'\nbody = '{{title}}'", "type = 'command'\ncommand = ['/bin/true']",
        "type = 'sendmail'\nfrom = 'a@b'\nto = ['c@d', 'e@f']",
        "type = 'email'\nsmtp_host = 'm'\nfrom = 'a@b'\nto = 'c@d'\nusername = 'u'\npassword = 'p'",
    ]) func `a complete receiver has no fault`(keys: String) throws {
        #expect(try faults("[alerts.receivers.a]\n\(keys)\ntimeout = 20").isEmpty)
    }

    @Test func `rules and defaults name receivers that exist`() throws {
        let rule = "[alerts.rules.wait]\nmeasure = 'queue_wait'\nrange = '120'\nreceivers = ['b']\n"
        #expect(
            try faults("[alerts]\ndefault_receivers = ['a']\n" + rule) == [
                "alerts.default_receivers names a, but [alerts.receivers.a] does not exist. Add it.",
                "alerts.rules.wait.receivers names b, but [alerts.receivers.b] does not exist. Add it.",
            ]
        )
        #expect(try faults("[alerts.receivers.b]\ntype = 'slack'\nurl = 'http://a'\n" + rule).isEmpty)
    }

    @Test func `the address of links is complete`() throws {
        #expect(
            try faults("[alerts]\nurl = 'pbx.example.com'") == [
                "alerts.url should begin with https:// or http://, not be pbx.example.com."
            ]
        )
        #expect(try faults("[alerts]\nurl = 'https://pbx.example.com'").isEmpty)
    }

    @Test func `secrets come from files, and the commented table is no receiver`() throws {
        let folder = try TemporaryFolder()
        let file = try folder.write("https://hooks.example.com/x\n", to: "url")
        let settings = try folder.settings(
            "[alerts.receivers.a]\ntype = 'slack'\nurl_file = '\(file)'\n[alerts.receivers.b]\n"
        )
        let receivers = try settings.receivers()
        #expect(receivers.map(\.name) == ["a"])
        #expect(receivers.first?.url == "https://hooks.example.com/x")
    }
}
