/// What kind of receiver it is, with what the kind needs.
public enum ReceiverKind: Sendable, Equatable {
    /// A URL that takes what Alertmanager's webhooks send. The body is signed with the secret; the token is a bearer's.
    case webhook(url: String, secret: String? = nil, token: String? = nil)
    /// The address of an Alertmanager, without the path of its API.
    case alertmanager(url: String, token: String? = nil)
    /// An incoming webhook of Slack or Mattermost.
    case slack(url: String)
    /// A chat of Telegram. The server is Telegram's own if it is nil.
    case telegram(token: String, chat: String, server: String? = nil)
    /// A topic of a server of ntfy.
    case ntfy(url: String, topic: String, token: String? = nil)
    /// A service of PagerDuty, by its integration key. The URL is that of PagerDuty's Events API if it is nil.
    case pagerduty(key: String, url: String? = nil)
    /// Any other URL, with a template for the body.
    case template(url: String, body: String, contentType: String, token: String? = nil)
    /// Mails through a mail server.
    case email(MailOptions, SMTPOptions)
    /// Mails through a program such as `/usr/sbin/sendmail`.
    case sendmail(MailOptions, path: String)
    /// A program with its arguments.
    case command([String])
}
