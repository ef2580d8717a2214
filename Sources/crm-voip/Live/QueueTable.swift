import AMI
import AMIClient
import Base
import Services
import Switchboard

/// Queues as tables.
enum QueueTable {
    static func status(_ queues: [QueueBoard.Queue], at now: Moment, _ style: Style) -> String {
        queues.map { queue in
            let calls = "\(queue.callers.count) waiting, \(queue.freeMembers) of \(queue.members.count) members free"
            var text = style.bold(PrintableText.of(queue.name)) + "  \(queue.strategy), \(calls)\n"
            if !queue.callers.isEmpty {
                let rows = queue.callers.map { caller in
                    [
                        "\(caller.position)", LiveText.clock(now - caller.since),
                        LiveText.party(caller.number, caller.name),
                        caller.channel,
                    ]
                }
                text += LiveText.table(["POS", "WAIT", "CALLER", "CHANNEL"], rows, style: style)
            }
            let rows = queue.members.map { member in
                [
                    member.name, state(member), member.pausedReason, "\(member.penalty)", "\(member.callsTaken)",
                    member.lastCall.map { LiveText.clock(now - $0) + " ago" } ?? "", member.interface,
                ]
            }
            let heads = ["MEMBER", "STATE", "REASON", "PENALTY", "CALLS", "LAST CALL", "INTERFACE"]
            return text + (rows.isEmpty ? "no members\n" : LiveText.table(heads, rows, style: style))
        }.joined(separator: "\n")
    }

    /// What a member is doing, in one word.
    static func state(_ member: QueueBoard.Member) -> String {
        if member.isInCall { return "talking" }
        return member.isPaused ? "paused" : member.status.word
    }

    static func summary(_ queues: [QueueControl.Summary], _ style: Style) -> String {
        let rows = queues.map { queue in
            [
                queue.queue, "\(queue.callers)", LiveText.clock(.seconds(queue.longestHoldTime)), "\(queue.available)",
                "\(queue.loggedIn)", "\(queue.holdTime) s", "\(queue.talkTime) s",
            ]
        }
        let heads = ["QUEUE", "WAITING", "LONGEST", "FREE", "LOGGED IN", "HOLD", "TALK"]
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
        let heads = ["QUEUE", "COMPLETED", "ABANDONED", "WITHIN", "LEVEL", "LEVEL 2", "HOLD", "TALK"]
        let members = queues.flatMap { queue in queue.members.map { [queue.name, $0.name, "\($0.callsTaken)"] } }
        return LiveText.table(heads, rows, style: style) + "\n"
            + LiveText.table(["QUEUE", "MEMBER", "CALLS"], members, style: style)
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
