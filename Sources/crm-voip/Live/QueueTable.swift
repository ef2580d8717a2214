import AMI
import AMIClient
import Base
import Services
import Switchboard

/// Queues as tables.
enum QueueTable {
    static func status(_ queues: [QueueBoard.Queue], at now: Moment, _ style: Style) -> String {
        queues.map { queue in
            let calls = localized(
                "\(queue.callers.count) waiting, \(queue.freeMembers) of \(queue.members.count) members free",
                context: "queue status"
            )
            var text = style.bold(PrintableText.of(queue.name)) + "  \(queue.strategy), \(calls)\n"
            if !queue.callers.isEmpty {
                let rows = queue.callers.map { caller in
                    [
                        "\(caller.position)", LiveText.clock(now - caller.since),
                        LiveText.party(caller.number, caller.name),
                        caller.channel,
                    ]
                }
                text += LiveText.table(
                    [
                        localized("POS", context: "heading"),
                        localized("WAIT", context: "heading"),
                        localized("CALLER", context: "heading"),
                        localized("CHANNEL", context: "heading"),
                    ],
                    rows,
                    style: style
                )
            }
            let rows = queue.members.map { member in
                [
                    member.name, state(member), member.pausedReason, "\(member.penalty)", "\(member.callsTaken)",
                    member.lastCall.map { LiveText.ago(now - $0) } ?? "", member.interface,
                ]
            }
            let heads = [
                localized("MEMBER", context: "heading"),
                localized("STATE", context: "heading"),
                localized("REASON", context: "heading"),
                localized("PENALTY", context: "heading"),
                localized("CALLS", context: "heading"),
                localized("LAST CALL", context: "heading"),
                localized("INTERFACE", context: "heading"),
            ]
            return text
                + (rows.isEmpty
                    ? localized("no members", context: "queue status") + "\n"
                    : LiveText.table(heads, rows, style: style))
        }.joined(separator: "\n")
    }

    /// What a member is doing, in one word.
    static func state(_ member: QueueBoard.Member) -> String {
        if member.isInCall { return localized("talking", context: "member") }
        return member.isPaused ? localized("paused", context: "member") : member.status.shown
    }

    static func summary(_ queues: [QueueControl.Summary], _ style: Style) -> String {
        let rows = queues.map { queue in
            [
                queue.queue, "\(queue.callers)", LiveText.clock(.seconds(queue.longestHoldTime)), "\(queue.available)",
                "\(queue.loggedIn)", "\(queue.holdTime) s", "\(queue.talkTime) s",
            ]
        }
        let heads = [
            localized("QUEUE", context: "heading"),
            localized("WAITING", context: "heading"),
            localized("LONGEST", context: "heading"),
            localized("FREE", context: "heading"),
            localized("LOGGED IN", context: "heading"),
            localized("HOLD", context: "heading"),
            localized("TALK", context: "heading"),
        ]
        return LiveText.table(heads, rows, style: style)
    }

    static func stats(_ queues: [QueueBoard.Queue], _ style: Style) -> String {
        let rows = queues.map { queue in
            [
                queue.name, "\(queue.completed)", "\(queue.abandoned)", "\(queue.serviceLevel) s",
                // Without calls there is no percentage, although Asterisk reports 0.
                queue.completed > 0 ? "\(queue.serviceLevelPerf) %" : "",
                queue.completed + queue.abandoned > 0 ? queue.serviceLevelPerf2.map { "\($0) %" } ?? "" : "",
                "\(queue.holdTime) s", "\(queue.talkTime) s",
            ]
        }
        let heads = [
            localized("QUEUE", context: "heading"),
            localized("COMPLETED", context: "heading"),
            localized("ABANDONED", context: "heading"),
            localized("WITHIN", context: "heading"),
            localized("LEVEL", context: "heading"),
            localized("LEVEL 2", context: "heading"),
            localized("HOLD", context: "heading"),
            localized("TALK", context: "heading"),
        ]
        let members = queues.flatMap { queue in queue.members.map { [queue.name, $0.name, "\($0.callsTaken)"] } }
        return LiveText.table(heads, rows, style: style) + "\n"
            + LiveText.table(
                [
                    localized("QUEUE", context: "heading"),
                    localized("MEMBER", context: "heading"),
                    localized("CALLS", context: "heading"),
                ],
                members,
                style: style
            )
    }
}

extension QueueControl.Summary {
    var json: JSON {
        .object([
            ("queue", .string(queue)), ("callers", .integer(callers)), ("longest_wait", .integer(longestHoldTime)),
            ("available", .integer(available)), ("logged_in", .integer(loggedIn)), ("hold_time", .integer(holdTime)),
            ("talk_time", .integer(talkTime)),
        ])
    }
}
