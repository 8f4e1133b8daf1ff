"""A letter about an issued paper, first version: a correction of form, or a recall.

Released classes are never changed in meaning and node names are stored for ever: a change of
the procedure is `letter_v2.py`. The steps bear the names of the issuance, so that pages, policies
and deadlines are one; what is missing is the committee, whose opinion was about the content.
"""

from __future__ import annotations

from viewflow import this
from viewflow.workflow.base import Flow

from offices.roles import Capability
from workflows.nodes import Begin, Finish, Procedure, UserTask


class LetterFlowV1(Procedure, Flow):
    """Correct or recall an issued paper: draft, proposal, check, signature, number, dispatch.

    An issued paper is never edited: a slip of form or of the procedure of issuing is corrected by
    an official letter of the office that issued it, and a paper is recalled by a notice (Decree
    30/2020 art. 18); either is a paper with number, signature and register line of its own.
    """

    process_title = "Đính chính, thu hồi văn bản"
    process_description = "Từ dự thảo công văn đính chính hoặc thông báo thu hồi đến khi phát hành."

    begin = (
        Begin(lane=Capability.DRAFT)
        .Annotation(title="Gửi trình")
        .TakenBackTo(this.rework)
        .Next(this.propose)
    )
    propose = (
        UserTask(lane=Capability.PROPOSE)
        .Annotation(title="Trình")
        .On("proposed", this.check_form)
        .On("returned", this.rework)
    )
    rework = (
        UserTask(lane=Capability.DRAFT)
        .Annotation(title="Hoàn thiện dự thảo")
        .On("resubmitted", this.propose)
    )
    check_form = (
        UserTask(lane=Capability.CHECK_FORM)
        .Annotation(title="Thẩm tra, kiểm tra thể thức")
        .On("passed", this.sign)
        .On("returned", this.receive_return)
    )
    sign = (
        UserTask(lane=Capability.SIGN)
        .Annotation(title="Ký ban hành")
        .On("signed", this.register)
        .On("returned", this.receive_return)
        .On("referred", this.sign)
    )
    register = (
        UserTask(lane=Capability.REGISTER)
        .Annotation(title="Cấp số, vào sổ")
        .On("registered", this.issue)
        .On("refused", this.receive_return)
    )
    issue = (
        UserTask(lane=Capability.ISSUE)
        .Annotation(title="Đóng dấu, phát hành")
        .On("issued", this.finish)
        .On("abandoned", this.register)
        .On("returned", this.receive_return)
    )
    receive_return = (
        UserTask(lane=Capability.RECEIVE_RETURN)
        .Annotation(title="Giao sửa lại")
        .On("assigned", this.rework)
    )
    finish = Finish().Annotation(title="Đã phát hành")
