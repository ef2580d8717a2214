import Glibc

/// The tables of the CRMs that the presets read, with the columns in use and a handful of records.
///
/// Schemas: django-crm crm/models; SuiteCRM include/SugarObjects; EspoCRM entityDefs; Odoo res.partner and crm.lead;
/// Vtiger's schema. Every CRM has a contact 1 with two phones, one of them with an extension, an inactive lead, a
/// company and a user.
enum CRMTables {
    static let djangocrm = """
        create table crm_company (id integer primary key, full_name varchar(200) not null, phone varchar(100) not null,
            active boolean not null, {disqualified} owner_id integer, update_date {moment} not null);
        create table crm_contact (id integer primary key, first_name varchar(100) not null, {middle}
            last_name varchar(100) not null, phone varchar(100) not null, other_phone varchar(100) not null,
            mobile varchar(100) not null, owner_id integer, disqualified boolean not null, update_date {moment} not null);
        create table crm_lead (id integer primary key, first_name varchar(100) not null, {middle}
            last_name varchar(100) not null, phone varchar(100) not null, other_phone varchar(100) not null,
            mobile varchar(100) not null, {lead} owner_id integer, disqualified boolean not null, update_date {moment} not null);
        create table common_userprofile (user_id integer primary key, pbx_number varchar(20) not null);
        insert into crm_company (id, full_name, phone, active, {disqualified_name} owner_id, update_date)
            values (1, 'ООО «Ромашка»', '8 (495) 298-08-15', true, {disqualified_value} 2, '2026-11-22 23:00:00');
        insert into crm_contact (id, first_name, last_name, phone, other_phone, mobile, owner_id, disqualified, update_date)
            values (1, 'Anna', 'Orlov', '', '', ' 8-916-2579240 доб. 12', 3, false, '2026-11-22 23:00:00');
        insert into crm_lead (id, first_name, last_name, phone, other_phone, mobile, owner_id, disqualified, update_date)
            values (1, '', 'Gone', '9161234567', '84951234567', '', null, true, '2026-11-22 23:00:00');
        insert into common_userprofile values (1, ''), (2, '102')
        """

    static let djangocrmOfThePast = filled(djangocrm, ["moment": "timestamptz"])

    /// Django's own table of users, which a database user may be unable to read.
    static let djangoPeople = """
        ;
        create table auth_user (id integer primary key, username varchar(150) not null, first_name varchar(150) not null,
            last_name varchar(150) not null, password varchar(128) not null);
        insert into auth_user values (2, 'olga', '', '', 'x'), (3, 'petra', 'Petra', 'Wolf & Co <K>', 'x')
        """

    static let djangocrmOnMySQL = filled(
        djangocrm + djangoPeople,
        [
            "moment": "datetime(6)", "middle": "middle_name varchar(100) not null default '',",
            "lead": "company_phone varchar(20) not null default '', company_name varchar(200) not null default '',",
            "disqualified": "disqualified boolean not null,", "disqualified_name": "disqualified,",
            "disqualified_value": "false,",
        ]
    )

    static let suitecrm = """
        create table users (id char(36), user_name varchar(60), first_name varchar(255), last_name varchar(255),
            phone_work varchar(50), phone_mobile varchar(50), status varchar(100), deleted bool, date_modified datetime);
        create table contacts (id char(36), first_name varchar(100), last_name varchar(100), phone_home varchar(100),
            phone_mobile varchar(100), phone_work varchar(100), phone_other varchar(100), phone_fax varchar(100),
            assigned_user_id char(36), deleted bool, date_modified datetime);
        create table leads (id char(36), first_name varchar(100), last_name varchar(100), phone_home varchar(100),
            phone_mobile varchar(100), phone_work varchar(100), phone_other varchar(100), status varchar(100), converted bool,
            assigned_user_id char(36), deleted bool, date_modified datetime);
        create table accounts (id char(36), name varchar(150), phone_office varchar(100), phone_alternate varchar(100),
            assigned_user_id char(36), deleted bool, date_modified datetime);
        insert into users values ('u1', 'olga', 'Olga', 'P', '102', null, 'Active', 0, '2026-11-22 23:00:00');
        insert into contacts values ('1', 'Anna', 'Orlov', null, '8-916-2579240 доб. 12', '', null, '1', 'u1', 0, '2026-11-22 23:00:00'),
            ('9', 'Deleted', 'X', null, '89160000000', null, null, null, 'u1', 1, '2026-11-22 23:00:00');
        insert into leads values ('1', null, 'Gone', '84951234567', null, '9161234567', null, 'Dead', 0, null, 0, '2026-11-22 23:00:00');
        insert into accounts values ('1', 'ООО «Ромашка»', '8 (495) 298-08-15', null, 'u1', 0, '2026-11-22 23:00:00')
        """

    static let espocrm = """
        create table {q}user{q} (id varchar(17), user_name varchar(50), first_name varchar(100), last_name varchar(100),
            deleted bool, modified_at {moment});
        create table contact (id varchar(17), first_name varchar(100), last_name varchar(100), assigned_user_id varchar(17),
            deleted bool, modified_at {moment});
        create table {q}lead{q} (id varchar(17), first_name varchar(100), last_name varchar(100), status varchar(255),
            assigned_user_id varchar(17), deleted bool, modified_at {moment});
        create table account (id varchar(17), name varchar(249), assigned_user_id varchar(17), deleted bool, modified_at {moment});
        create table phone_number (id varchar(17), name varchar(36), type varchar(255), deleted bool, invalid bool);
        create table entity_phone_number (entity_id varchar(17), phone_number_id varchar(17), entity_type varchar(100),
            {q}primary{q} bool, deleted bool);
        insert into {q}user{q} values ('u1', 'olga', 'Olga', 'P', false, '2026-11-22 23:00:00');
        insert into contact values ('1', 'Anna', 'Orlov', 'u1', false, '2026-11-22 23:00:00');
        insert into {q}lead{q} values ('1', null, 'Gone', 'Dead', null, false, '2026-11-22 23:00:00');
        insert into account values ('1', 'ООО «Ромашка»', 'u1', false, '2026-11-22 23:00:00');
        insert into phone_number values ('p1', '+79162579240', 'Mobile', false, false), ('p2', '9161234567', 'Office', false, false),
            ('p3', '84952980815', 'Office', false, false), ('p4', '84951234567', 'Fax', false, false), ('p5', '102', 'Office', false, false);
        insert into entity_phone_number values ('1', 'p1', 'Contact', true, false), ('1', 'p4', 'Contact', false, false),
            ('1', 'p2', 'Lead', true, false), ('1', 'p3', 'Account', true, false), ('u1', 'p5', 'User', true, false)
        """

    static let espocrmOnMySQL = filled(espocrm, ["q": "`", "moment": "datetime"])
    static let espocrmOnPostgres = filled(espocrm, ["q": "\"", "moment": "timestamp"])

    static let odoo = """
        create table res_partner (id integer, name varchar, phone varchar, mobile varchar, phone_sanitized varchar,
            is_company boolean, active boolean, user_id integer, write_date timestamp);
        create table res_users (id integer, login varchar, partner_id integer, active boolean, write_date timestamp);
        create table crm_lead (id integer, name varchar, contact_name varchar, partner_name varchar, phone varchar,
            phone_sanitized varchar, active boolean, user_id integer, write_date timestamp);
        insert into res_users values (2, 'olga', 7, true, '2026-11-22 23:00:00');
        insert into res_partner values (1, 'Anna Orlov', null, '8-916-2579240 доб. 12', '+79162579240', false, true, 2, '2026-11-22 23:00:00'),
            (2, 'ООО «Ромашка»', '8 (495) 298-08-15', null, null, true, true, 2, '2026-11-22 23:00:00'),
            (7, 'Olga P', '102', null, null, false, true, null, '2026-11-22 23:00:00');
        insert into crm_lead values (1, 'Offer', 'Gone', null, '9161234567', null, false, null, '2026-11-22 23:00:00')
        """

    static let vtiger = """
        create table vtiger_users (id integer, user_name varchar(255), first_name varchar(30), last_name varchar(30),
            phone_mobile varchar(50), phone_crm_extension varchar(100), status varchar(25), deleted integer);
        create table vtiger_crmentity (crmid integer, smownerid integer, setype varchar(100), modifiedtime datetime, deleted integer);
        create table vtiger_contactdetails (contactid integer, firstname varchar(40), lastname varchar(80), phone varchar(50), mobile varchar(50));
        create table vtiger_contactsubdetails (contactsubscriptionid integer, homephone varchar(50), otherphone varchar(50));
        create table vtiger_leaddetails (leadid integer, firstname varchar(40), lastname varchar(80), company varchar(100), converted integer);
        create table vtiger_leadaddress (leadaddressid integer, phone varchar(50), mobile varchar(50));
        create table vtiger_account (accountid integer, accountname varchar(100), phone varchar(30), otherphone varchar(30));
        insert into vtiger_users values (5, 'olga', 'Olga', 'P', null, '102', 'Active', 0);
        insert into vtiger_crmentity values (1, 5, 'Contacts', '2026-11-22 23:00:00', 0), (2, 5, 'Leads', '2026-11-22 23:00:00', 0),
            (3, 5, 'Accounts', '2026-11-22 23:00:00', 0), (4, 5, 'Contacts', '2026-11-22 23:00:00', 1);
        insert into vtiger_contactdetails values (1, 'Anna', 'Orlov', '', '8-916-2579240 доб. 12'), (4, 'Deleted', 'X', '89160000000', null);
        insert into vtiger_contactsubdetails values (1, null, null);
        insert into vtiger_leaddetails values (2, null, 'Gone', 'ACME', 1);
        insert into vtiger_leadaddress values (2, '9161234567', null);
        insert into vtiger_account values (3, 'ООО «Ромашка»', '8 (495) 298-08-15', null)
        """

    /// Replaces names by texts; a name without a text becomes empty.
    private static func filled(_ script: String, _ texts: [String: String]) -> String {
        var result = ""
        for (index, part) in script.split(separator: "{", omittingEmptySubsequences: false).enumerated() {
            guard index > 0, let end = part.firstIndex(of: "}") else {
                result += part
                continue
            }
            result += texts[String(part[..<end]), default: ""] + part[part.index(after: end)...]
        }
        return result
    }

    /// The preset's text, from `sql/presets/` of the package.
    static func preset(_ name: String, file: String = #filePath) throws -> String {
        let root = file.split(separator: "/").dropLast(4).map { "/" + $0 }.joined()
        let descriptor = open(root + "/sql/presets/" + name + ".sql", O_RDONLY)
        guard descriptor >= 0 else { throw Missing(name: name) }
        defer { close(descriptor) }
        var bytes = [UInt8](repeating: 0, count: 65_536)
        let count = read(descriptor, &bytes, bytes.count)
        return String(decoding: bytes.prefix(max(0, count)), as: UTF8.self)
    }

    struct Missing: Error { var name: String }
}
