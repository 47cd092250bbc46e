"""Topics of public administration and party work: what a statement or clause is about.

A statement takes the topic of which it names the most terms (``transforms/lexicons/topic_terms.tsv``); none where no term
stands in it. Definitions say where a topic ends and its neighbour begins.
"""

from __future__ import annotations

from schemas.model import Code, CodeList

TOPICS = CodeList(
    "topic",
    (
        Code(
            "party_building", "building the Party: resolutions studied, congresses, cells, members",
            "xây dựng Đảng, học tập nghị quyết, đại hội, chi bộ, đảng viên",
        ),
        Code(
            "propaganda", "propaganda, information, ideology, public opinion, reporters of the Party",
            "tuyên giáo, tuyên truyền, tư tưởng, dư luận xã hội, báo cáo viên",
        ),
        Code(
            "political_education", "political theory taught, moral example, party history",
            "giáo dục lý luận chính trị, học tập và làm theo Bác, lịch sử Đảng",
        ),
        Code(
            "ideological_defence", "defending the Party's ideas, refuting hostile views, also online",
            "bảo vệ nền tảng tư tưởng, đấu tranh phản bác",
        ),
        Code(
            "inspection_discipline", "the Party's inspection, supervision and discipline",
            "kiểm tra, giám sát, kỷ luật Đảng",
        ),
        Code(
            "personnel", "officials: planning, appointing, transferring, training them",
            "công tác cán bộ, quy hoạch, bổ nhiệm, bồi dưỡng cán bộ",
        ),
        Code(
            "organisation", "machinery: mergers, staffing, units of two levels",
            "tổ chức bộ máy, sắp xếp, tinh giản biên chế, chính quyền hai cấp",
        ),
        Code(
            "mass_mobilisation", "mobilising the people, Front, unions, democracy at the base, religions, ethnic groups",
            "dân vận, Mặt trận, đoàn thể, dân chủ cơ sở, dân tộc, tôn giáo",
        ),
        Code(
            "anti_corruption", "corruption, waste, declared assets",
            "phòng, chống tham nhũng, lãng phí, tiêu cực, kê khai tài sản",
        ),
        Code(
            "complaints", "receiving citizens, complaints, state inspectorates",
            "tiếp công dân, khiếu nại, tố cáo, thanh tra",
        ),
        Code(
            "law_justice", "making and spreading law, courts, judicial services",
            "pháp luật, tư pháp, phổ biến pháp luật, xét xử, thi hành án",
        ),
        Code("elected_bodies", "National Assembly, people's councils, elections, voters", "Quốc hội, HĐND, bầu cử, cử tri"),
        Code(
            "administrative_reform", "procedures, one-stop offices, public duty",
            "cải cách hành chính, thủ tục hành chính, một cửa, công vụ",
        ),
        Code("digital", "digital change, information technology", "chuyển đổi số, công nghệ thông tin, dữ liệu"),
        Code("science", "science, technology, innovation", "khoa học, công nghệ, đổi mới sáng tạo"),
        Code("economy", "growth, output, development as a whole", "kinh tế, tăng trưởng, phát triển kinh tế - xã hội"),
        Code("budget_finance", "budget, taxes, funds, banks, prices", "ngân sách, thuế, tài chính, tín dụng, giá cả"),
        Code(
            "public_investment", "public works, roads, disbursement, site clearance",
            "đầu tư công, giải ngân, hạ tầng, giao thông, giải phóng mặt bằng",
        ),
        Code(
            "enterprise_investment", "firms, industry, investors, business climate",
            "doanh nghiệp, công nghiệp, thu hút đầu tư, môi trường kinh doanh",
        ),
        Code("trade_tourism", "markets, trade, exports, tourism, services", "thương mại, xuất khẩu, dịch vụ, du lịch"),
        Code(
            "agriculture", "crops, livestock, fisheries, forests, cooperatives",
            "nông nghiệp, trồng trọt, chăn nuôi, thủy sản, lâm nghiệp, hợp tác xã",
        ),
        Code("new_countryside", "the programme of new rural communes", "xây dựng nông thôn mới"),
        Code("land_construction", "land, planning, housing, urban order", "đất đai, quy hoạch, xây dựng, nhà ở, đô thị"),
        Code("environment", "environment, resources, climate", "môi trường, tài nguyên, khí hậu"),
        Code("disaster", "storms, floods, drought, fire, rescue", "phòng, chống thiên tai, bão lũ, cháy nổ, cứu nạn"),
        Code("health", "health care, epidemics, food safety, population", "y tế, dịch bệnh, an toàn thực phẩm, dân số"),
        Code("education", "schools, pupils, teachers, study", "giáo dục, đào tạo, trường học, học sinh, khuyến học"),
        Code(
            "culture_sport", "culture, art, sport, heritage, family, press",
            "văn hóa, văn nghệ, thể thao, di sản, gia đình, báo chí",
        ),
        Code(
            "labour_employment", "work, wages, vocational training, labour abroad",
            "lao động, việc làm, tiền lương, dạy nghề",
        ),
        Code(
            "social_welfare", "poor households, people of merit, insurance, gifts, charity",
            "an sinh xã hội, giảm nghèo, người có công, bảo hiểm, từ thiện",
        ),
        Code("security", "public security, crime, traffic safety", "an ninh, trật tự, tội phạm, an toàn giao thông"),
        Code("defence", "army, militia, conscription, borders", "quốc phòng, quân sự, tuyển quân, biên giới"),
        Code(
            "foreign_affairs", "foreign relations, cooperation, overseas Vietnamese",
            "đối ngoại, hợp tác quốc tế, kiều bào",
        ),
        Code("emulation", "emulation movements, awards, honours", "thi đua, khen thưởng, điển hình tiên tiến"),
        Code(
            "youth_women", "youth, children, women, veterans, the elderly",
            "thanh niên, trẻ em, phụ nữ, cựu chiến binh, người cao tuổi",
        ),
        Code("anniversaries", "anniversaries, holidays, festivals kept", "kỷ niệm, ngày lễ lớn, lễ hội"),
    ),
)  # fmt: skip
