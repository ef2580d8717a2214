import Base
import Services
import Switchboard

/// A person who answers calls: a member of one or more queues, listed once.
struct Agent {
    var pbx: String
    var name: String
    var interface: String
    var state: AgentState
    /// The time in this state.
    var age: Duration
    var pausedReason: String
    var queues: [String]
    /// Calls taken since the queues' counters were reset.
    var calls: Int
    /// What the agent did in queues today; nil if the log has nothing about them.
    var today: AgentDay?

    /// All agents, by name. If an agent is in several queues, the busiest state is used.
    static func all(_ states: [PBXState]) -> [Agent] {
        var agents: [String: Agent] = [:]
        for state in states {
            for queue in state.board.queues {
                for member in queue.members {
                    let new = Agent(member, queue.name, state)
                    let key = "\(state.name)\u{0}\(member.interface)"
                    agents[key] = agents[key].map { $0.merged(with: new) } ?? new
                }
            }
        }
        return agents.values.sorted { ($0.name, $0.pbx, $0.interface) < ($1.name, $1.pbx, $1.interface) }
    }

    private init(_ member: QueueBoard.Member, _ queue: String, _ state: PBXState) {
        (pbx, name, interface) = (state.name, member.name, member.interface)
        self.state = AgentState(member)
        age = max(.zero, state.at - member.since)
        pausedReason = member.pausedReason
        queues = [queue]
        calls = member.callsTaken
        today = state.agentsToday.first { $0.agent == member.name || $0.agent == member.interface }
    }

    private func merged(with other: Agent) -> Agent {
        var agent = self.rank <= other.rank ? self : other
        agent.queues = queues + other.queues
        agent.calls = calls + other.calls
        if agent.pausedReason.isEmpty { agent.pausedReason = pausedReason + other.pausedReason }
        return agent
    }

    private var rank: Int {
        switch state {
        case .talking: 0
        case .ringing: 1
        case .busy: 2
        case .free: 3
        case .paused: 4
        case .unavailable: 5
        }
    }
}
