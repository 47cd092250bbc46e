"""Common indicators: a closed vocabulary of quantities that such texts report again and again.

What counts as one is told by the unit and the counted noun phrase (``transforms/lexicons/indicators.tsv``).
"""

from __future__ import annotations

from schemas.model import Code, CodeList

INDICATORS = CodeList(
    "indicator",
    tuple(
        Code(*row)
        for row in (
            ("grdp_growth", "growth of gross regional product", "tốc độ tăng trưởng GRDP"),
            ("gdp_growth", "growth of gross domestic product", "tốc độ tăng trưởng GDP"),
            ("budget_revenue", "budget revenue", "thu ngân sách nhà nước"),
            ("budget_expenditure", "budget expenditure", "chi ngân sách nhà nước"),
            ("public_investment_disbursed", "public investment disbursed", "giải ngân vốn đầu tư công"),
            ("social_investment", "total social investment", "tổng vốn đầu tư toàn xã hội"),
            ("retail_sales", "retail sales of goods and services", "tổng mức bán lẻ hàng hóa và doanh thu dịch vụ"),
            ("exports", "export turnover", "kim ngạch xuất khẩu"),
            ("imports", "import turnover", "kim ngạch nhập khẩu"),
            ("industrial_production", "index of industrial production", "chỉ số sản xuất công nghiệp"),
            ("price_index", "consumer price index", "chỉ số giá tiêu dùng"),
            ("revenue", "turnover of an enterprise", "doanh thu"),
            ("profit", "profit of an enterprise", "lợi nhuận"),
            ("enterprises_founded", "enterprises newly founded", "doanh nghiệp thành lập mới"),
            ("cooperatives", "cooperatives", "hợp tác xã"),
            ("visitors", "visitors", "lượt khách du lịch"),
            ("sown_area", "area sown or planted", "diện tích gieo trồng"),
            ("yield", "crop yield per area", "năng suất cây trồng"),
            ("output", "agricultural output", "sản lượng nông nghiệp"),
            ("livestock", "livestock", "tổng đàn vật nuôi"),
            ("forest_cover", "forest cover", "tỷ lệ che phủ rừng"),
            ("forest_planted", "forest planted", "diện tích rừng trồng"),
            ("new_rural_communes", "communes that meet the new countryside standard", "xã đạt chuẩn nông thôn mới"),
            ("ocop_products", "OCOP products", "sản phẩm OCOP"),
            ("poverty_rate", "share of poor households", "tỷ lệ hộ nghèo"),
            ("poor_households", "poor households", "hộ nghèo"),
            ("jobs_created", "jobs created", "việc làm mới"),
            ("workers_trained", "workers trained", "lao động được đào tạo"),
            ("health_insurance_rate", "share covered by health insurance", "tỷ lệ bao phủ bảo hiểm y tế"),
            ("pupils", "pupils and students", "học sinh, sinh viên"),
            ("schools_standard", "schools of national standard", "trường đạt chuẩn quốc gia"),
            ("classes_opened", "training classes opened", "lớp bồi dưỡng, tập huấn đã mở"),
            ("trainees", "people trained", "học viên, lượt người được bồi dưỡng"),
            ("briefings", "briefings for rapporteurs", "hội nghị báo cáo viên"),
            ("party_members", "party members", "đảng viên"),
            ("party_members_admitted", "party members admitted", "đảng viên mới kết nạp"),
            ("party_cells", "party organisations at the base", "tổ chức cơ sở đảng, chi bộ"),
            ("union_members", "members of unions and associations", "đoàn viên, hội viên"),
            ("attendance", "people who attended", "đại biểu, lượt người dự"),
            ("houses_built", "houses built or mended for those in need", "nhà đại đoàn kết, nhà tình nghĩa"),
            ("gifts_given", "gifts given", "suất quà, phần quà"),
            ("traffic_accidents", "traffic accidents", "vụ tai nạn giao thông"),
            ("criminal_cases", "criminal cases", "vụ án, vụ phạm tội"),
            ("inspections", "inspections", "cuộc thanh tra, kiểm tra"),
            ("petitions", "petitions and complaints", "đơn thư, lượt tiếp công dân"),
            ("online_files", "files handled online", "hồ sơ giải quyết trực tuyến"),
        )
    ),
)
