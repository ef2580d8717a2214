/// Tables as found in practice, as their makers create them.
enum Schema {
    /// FreePBX `installlib/SQL/cdr.sql`, and the columns that its cdr module adds.
    static func freePBX(engine: String = "InnoDB", charset: String = "utf8mb4") -> String {
        let added = """
            , linkedid VARCHAR(32) NOT NULL DEFAULT '', peeraccount VARCHAR(80) NOT NULL DEFAULT '',
            sequence INT(11) NOT NULL DEFAULT 0
            """
        return freePBXBefore13(added: added) + " ENGINE=\(engine) DEFAULT CHARSET=\(charset)"
    }

    static func freePBXBefore13(added: String = "") -> String {
        """
        CREATE TABLE cdr (
            calldate DATETIME NOT NULL DEFAULT '0000-00-00 00:00:00', clid VARCHAR(80) NOT NULL DEFAULT '',
            src VARCHAR(80) NOT NULL DEFAULT '', dst VARCHAR(80) NOT NULL DEFAULT '',
            dcontext VARCHAR(80) NOT NULL DEFAULT '', channel VARCHAR(80) NOT NULL DEFAULT '',
            dstchannel VARCHAR(80) NOT NULL DEFAULT '', lastapp VARCHAR(80) NOT NULL DEFAULT '',
            lastdata VARCHAR(80) NOT NULL DEFAULT '', duration INT(11) NOT NULL DEFAULT 0,
            billsec INT(11) NOT NULL DEFAULT 0, disposition VARCHAR(45) NOT NULL DEFAULT '',
            amaflags INT(11) NOT NULL DEFAULT 0, accountcode VARCHAR(20) NOT NULL DEFAULT '',
            uniqueid VARCHAR(32) NOT NULL DEFAULT '', userfield VARCHAR(255) NOT NULL DEFAULT '',
            did VARCHAR(50) NOT NULL DEFAULT '', recordingfile VARCHAR(255) NOT NULL DEFAULT '',
            cnum VARCHAR(80) NOT NULL DEFAULT '', cnam VARCHAR(80) NOT NULL DEFAULT '',
            outbound_cnum VARCHAR(80) NOT NULL DEFAULT '', outbound_cnam VARCHAR(80) NOT NULL DEFAULT '',
            dst_cnam VARCHAR(80) NOT NULL DEFAULT ''\(added),
            KEY calldate (calldate), KEY dst (dst), KEY accountcode (accountcode), KEY uniqueid (uniqueid)
        )
        """
    }

    /// Issabel `compat-dbscripts/01-asteriskcdrdb.sql`: MyISAM, indexed by uniqueid only.
    static let issabel = """
        CREATE TABLE cdr (
            calldate DATETIME NOT NULL DEFAULT '0000-00-00 00:00:00', clid VARCHAR(80) NOT NULL DEFAULT '',
            src VARCHAR(80) NOT NULL DEFAULT '', dst VARCHAR(80) NOT NULL DEFAULT '',
            dcontext VARCHAR(80) NOT NULL DEFAULT '', channel VARCHAR(80) NOT NULL DEFAULT '',
            dstchannel VARCHAR(80) NOT NULL DEFAULT '', lastapp VARCHAR(80) NOT NULL DEFAULT '',
            lastdata VARCHAR(80) NOT NULL DEFAULT '', duration INT(11) NOT NULL DEFAULT '0',
            billsec INT(11) NOT NULL DEFAULT '0', disposition VARCHAR(45) NOT NULL DEFAULT '',
            amaflags INT(11) NOT NULL DEFAULT '0', accountcode VARCHAR(20) NOT NULL DEFAULT '',
            uniqueid VARCHAR(32) NOT NULL DEFAULT '', userfield VARCHAR(255) NOT NULL DEFAULT '',
            recordingfile VARCHAR(255) NOT NULL DEFAULT '', cnum VARCHAR(40) NOT NULL DEFAULT '',
            cnam VARCHAR(40) NOT NULL DEFAULT '', outbound_cnum VARCHAR(40) NOT NULL DEFAULT '',
            outbound_cnam VARCHAR(40) NOT NULL DEFAULT '', dst_cnam VARCHAR(40) NOT NULL DEFAULT '',
            did VARCHAR(50) NOT NULL DEFAULT '', KEY IDX_UNIQUEID (uniqueid)
        ) ENGINE=MyISAM DEFAULT CHARSET=latin1
        """

    /// Asterisk `contrib/ast-db-manage/cdr`: everything may be NULL, there are three times, flags are words.
    static let alembic = """
        CREATE TABLE cdr (
            accountcode VARCHAR(80), src VARCHAR(80), dst VARCHAR(80), dcontext VARCHAR(80), clid VARCHAR(80),
            channel VARCHAR(80), dstchannel VARCHAR(80), lastapp VARCHAR(80), lastdata VARCHAR(80),
            start DATETIME, answer DATETIME, end DATETIME, duration INTEGER, billsec INTEGER,
            disposition VARCHAR(45), amaflags VARCHAR(45), userfield VARCHAR(256), uniqueid VARCHAR(150),
            linkedid VARCHAR(150), peeraccount VARCHAR(80), sequence INTEGER
        )
        """

    /// Asterisk `contrib/ast-db-manage/queue_log`.
    static func queueLog(named name: String = "queue_log", time: String = "DATETIME(6)") -> String {
        """
        CREATE TABLE \(name) (
            id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY, time \(time), callid VARCHAR(80), queuename VARCHAR(256),
            agent VARCHAR(80), event VARCHAR(32), data1 VARCHAR(100), data2 VARCHAR(100), data3 VARCHAR(100),
            data4 VARCHAR(100), data5 VARCHAR(100), KEY (time)
        )
        """
    }
}
