"""The issuance of a paper, first version: from the department's submission to dispatch.

Released classes are never changed in meaning and node names are stored for ever: a change of
the procedure is `issuance_v2.py`. Acts outside the graph (withdraw, take back, the deadline of a
round) are use cases over `workflows/engine.py`.
"""

from __future__ import annotations

from viewflow import this
from viewflow.workflow.base import Flow

from offices.roles import Capability
from workflows.nodes import Begin, Finish, Instance, MultiInstance, Procedure, UserTask


class IssuanceFlowV1(Procedure, Flow):
    """Issue a paper: draft, opinion of the committee, check, signature, number, dispatch.

    What the law asks and where it stands here: whoever signs approves the content he was shown,
    and any change comes back to him (Decree 30/2020 art. 11); the head of the drafting
    department answers for the content at `propose`, the officer assigned for the form at
    `check_form` (art. 12); a wish for change goes to the head of the drafting department, who
    passes it on, hence `receive_return` after every later return (art. 10.3); number after the
    signature, seal and dispatch by the records clerk (art. 15, 17, 18). Review and approval of
    documented information: ISO 9001 §7.5.2 c.

    The clerk's refusal goes to `receive_return` too. What keeps a paper from being registered is
    wrong before it has a number, and then only a new revision cures it, which the signatory must
    approve again; the officer who checked the form could neither change nor pass it.

    An urgent paper may be put to the signatory first, who decides in writing whether it goes before
    the committee is heard; then the committee is asked after the issue (`confirmation_v1.py`).

    Between number and seal nothing has gone out yet (art. 18 speaks of issued papers): a fault of
    numbering goes back for another number, a fault of the paper to `receive_return`. Either way
    the number given is burnt and its line in the register says why (art. 15, 22).
    """

    process_title = "Ban hành văn bản"
    process_description = "Từ dự thảo của đơn vị soạn thảo đến khi văn bản được phát hành."

    begin = (
        Begin(lane=Capability.DRAFT)
        .Annotation(title="Gửi trình")
        .TakenBackTo(this.rework)
        .Next(this.propose)
    )
    propose = (
        UserTask(lane=Capability.PROPOSE)
        .Annotation(title="Trình")
        .On("proposed", this.open_round)
        .On("returned", this.rework)
        .On("put_urgently", this.allow_urgent)
    )
    allow_urgent = (
        UserTask(lane=Capability.SIGN)
        .Annotation(title="Cho đi trước khi lấy ý kiến")
        .On("allowed", this.check_form)
        .On("declined", this.open_round)
    )
    rework = (
        UserTask(lane=Capability.DRAFT)
        .Annotation(title="Hoàn thiện dự thảo")
        .On("resubmitted", this.propose)
    )
    open_round = (
        UserTask(lane=Capability.OPEN_ROUND)
        .Annotation(title="Mở lượt lấy ý kiến")
        .On("opened", this.collect_opinions)
        .On("returned", this.receive_return)
    )
    collect_opinions = (
        MultiInstance(of=this.opinion)
        .Annotation(title="Lấy ý kiến Ban Chỉ đạo ISO")
        .Next(this.conclude)
    )
    opinion = Instance(lane=Capability.GIVE_OPINION).Annotation(title="Cho ý kiến")
    conclude = (
        UserTask(lane=Capability.CONCLUDE)
        .Annotation(title="Kết luận")
        .On("endorsed", this.check_form)
        .On("returned", this.receive_return)
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
