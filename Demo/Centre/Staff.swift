import Base

/// A queue of the centre.
struct CallQueue: Sendable {
    let name: String
    /// What is dialled inside.
    let exten: String
    let did: String
    /// Calls in an hour in which the day is neither busy nor quiet.
    let callsAnHour: Double
    let meanTalk: Int
    /// After how many seconds the queue gives up.
    let timeout: Int
    /// Whether the announcement offers a call back to those who press 1.
    let offersCallBack: Bool
    let serviceLevel: Int

    static let support = CallQueue(
        name: "support",
        exten: "400",
        did: "493023125400",
        callsAnHour: 13.5,
        meanTalk: 265,
        timeout: 300,
        offersCallBack: true,
        serviceLevel: 30
    )
    static let sales = CallQueue(
        name: "sales",
        exten: "401",
        did: "493023125401",
        callsAnHour: 9.5,
        meanTalk: 200,
        timeout: 240,
        offersCallBack: true,
        serviceLevel: 20
    )
    static let billing = CallQueue(
        name: "billing",
        exten: "402",
        did: "493023125402",
        callsAnHour: 4.8,
        meanTalk: 175,
        timeout: 240,
        offersCallBack: false,
        serviceLevel: 20
    )
    static let vip = CallQueue(
        name: "vip",
        exten: "403",
        did: "493023125403",
        callsAnHour: 1.4,
        meanTalk: 290,
        timeout: 180,
        offersCallBack: false,
        serviceLevel: 10
    )
    static let all = [support, sales, billing, vip]
}

/// Somebody who takes calls from queues.
struct Agent: Sendable {
    enum Shift: Sendable { case early, late, night }

    let name: String
    let exten: String
    let queues: [String]
    let shift: Shift
    /// The share of calls that the agent lets ring, and the share that the agent rejects.
    var missed = 0.05
    var refused = 0.01

    static let all = [
        Agent(name: "Anna Berger", exten: "101", queues: ["sales", "vip"], shift: .early),
        Agent(name: "Ben Hartmann", exten: "102", queues: ["sales", "billing"], shift: .early),
        Agent(name: "Clara Vogt", exten: "103", queues: ["sales", "support"], shift: .late),
        Agent(name: "Deniz Yılmaz", exten: "104", queues: ["support", "vip"], shift: .early, missed: 0.16),
        Agent(name: "Eva Lindner", exten: "105", queues: ["support", "vip"], shift: .early),
        Agent(name: "Frank Žižka", exten: "106", queues: ["support"], shift: .late, refused: 0.12),
        Agent(name: "Олена Коваль", exten: "107", queues: ["support", "billing", "vip"], shift: .late),
        Agent(name: "Henrik Sørensen", exten: "108", queues: ["support", "sales", "vip"], shift: .late),
        Agent(name: "Ida Krüger", exten: "109", queues: ["billing", "support", "vip"], shift: .early),
        Agent(name: "Jonas Wolf", exten: "110", queues: ["support"], shift: .night),
    ]
}

/// A phone of somebody who is in no queue.
struct Office: Sendable {
    let name: String
    let exten: String
    let did: String

    static let all = [
        Office(name: "Workshop", exten: "201", did: "493023125201"),
        Office(name: "Accounts", exten: "202", did: "493023125202"),
        Office(name: "Warehouse", exten: "203", did: "493023125203"),
        Office(name: "Management", exten: "204", did: "493023125204"),
    ]
}

/// An agent at work: from login to logout, with the pauses.
struct Session: Sendable {
    let agent: Agent
    let begin: Int
    /// The planned end; later if a call lasts longer.
    var end: Int
    /// Planned and not yet begun, in order.
    var planned: [Pause]
    /// Those that were taken.
    var pauses: [Pause] = []
    /// From when the agent is free.
    var freeAt: Int

    init(_ agent: Agent, _ begin: Int, _ end: Int, planned: [Pause]) {
        (self.agent, self.begin, self.end, self.planned, freeAt) = (agent, begin, end, planned, begin)
    }

    /// When the agent can take a call at `time` or later; nil after the end of the shift. A pause whose time has come begins as
    /// soon as the agent is free.
    mutating func nextFree(_ time: Int) -> Int? {
        while true {
            let free = max(time, freeAt)
            if let pause = planned.first, pause.begin <= free {
                planned.removeFirst()
                let begin = max(pause.begin, freeAt)
                let length = pause.end - pause.begin
                guard begin + length < end - 300 else { continue }
                pauses.append(Pause(begin: begin, end: begin + length, reason: pause.reason))
                freeAt = begin + length
                continue
            }
            return free < end ? free : nil
        }
    }
}

/// A pause, planned or taken.
struct Pause: Sendable {
    let begin: Int
    let end: Int
    let reason: String
}
